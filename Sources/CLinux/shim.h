#pragma once
// Calls of the C library that are variadic or macros, which Swift cannot import: one inline each.
#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <linux/openat2.h>
#include <spawn.h>
#include <sys/fsuid.h>

// renameat2 with RENAME_NOREPLACE, and syncfs: the C library declares them for _GNU_SOURCE only.
static inline int sr_rename_noreplace(int olddir, const char *old, int newdir, const char *name) {
  return (int)syscall(SYS_renameat2, olddir, old, newdir, name, 1u);
}
static inline int sr_syncfs(int fd) { return (int)syscall(SYS_syncfs, fd); }

// sync_file_range with SYNC_FILE_RANGE_WRITE.
static inline int sr_begin_write_back(int fd, long long offset, long long length) {
  return (int)syscall(SYS_sync_file_range, fd, offset, length, 2u);
}

// The width of a terminal; 0 where there is none, or where nobody told it.
static inline int sr_terminal_columns(int fd) {
  struct winsize size;
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static inline int sr_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

static inline int sr_pidfd_send_signal(int pidfd, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

// A name below a folder, through no link and no mount's magic.
static inline int sr_openat_beneath(int folder, const char *name, int flags, unsigned mode) {
  struct open_how how = {.flags = (unsigned long long)(flags | O_CLOEXEC), .mode = mode,
                         .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV};
  return (int)syscall(SYS_openat2, folder, name, &how, sizeof how);
}

static inline int sr_memfd_create(const char *name) { return (int)syscall(SYS_memfd_create, name, 1); }

static inline int sr_set_affinity(pid_t pid, const unsigned char *mask, unsigned long length) {
  return (int)syscall(SYS_sched_setaffinity, pid, length, mask);
}

static inline long sr_get_affinity(pid_t pid, unsigned char *mask, unsigned long length) {
  return syscall(SYS_sched_getaffinity, pid, length, mask);
}

static inline int sr_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

// Neither a core file nor another process of the user may show the memory of this one.
static inline int sr_hide_memory(void) {
  const struct rlimit none = {0, 0};
  return setrlimit(RLIMIT_CORE, &none) | prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// What is freed is kept for the next blocks, up to a bound: given back to the system, each page of each block would be asked
// of it, cleared and mapped anew, which takes as long as hashing it. Only glibc gives back so soon.
static inline void sr_keep_freed_memory(int largest, int kept) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, largest);
  mallopt(M_TRIM_THRESHOLD, kept);
  // Each arena keeps so much: no more of them than threads can run at once.
  const long processors = sysconf(_SC_NPROCESSORS_ONLN);
  mallopt(M_ARENA_MAX, processors > 1 && processors < 1024 ? (int)processors : 2);
#else
  (void)largest, (void)kept;
#endif
}

static inline int sr_pipe(int ends[2]) { return (int)syscall(SYS_pipe2, ends, O_CLOEXEC); }

// Declared by spawn.h only under _GNU_SOURCE; in the C library since 2.34.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
static inline int sr_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

static inline void sr_set_file_identity(unsigned user, unsigned group) {
  // The group first: without the user's rights it could not be changed.
  if (user == 0) setfsuid(user);
  setfsgid(group);
  setfsuid(user);
}
