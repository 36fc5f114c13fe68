#pragma once
// Calls of the C library that are variadic or macros, which Swift cannot import: one inline each.
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
