#pragma once
// Calls of the C library that are variadic or macros, which Swift cannot import: one inline each.
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

// renameat2 with RENAME_NOREPLACE, and syncfs: the C library declares them for _GNU_SOURCE only.
static inline int sr_rename_noreplace(int olddir, const char *old, int newdir, const char *name) {
  return (int)syscall(SYS_renameat2, olddir, old, newdir, name, 1u);
}
static inline int sr_syncfs(int fd) { return (int)syscall(SYS_syncfs, fd); }
