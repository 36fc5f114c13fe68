// What libcuda computes with: the memory is the host's, a stream does at once what it is told, and each kernel is done in C under its
// name. It shows that calls and arguments are right, and nothing of a GPU.
#pragma once
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "attest.h"
#include "faults.h"

typedef struct { double at; } moment;
typedef struct { char name[32]; float gain; } kernel;
static int marker, contexts[64];
// What CUDA_LAUNCH_BLOCKING was when the driver woke.
static uint32_t launchesBlock;
// A module is what each step of its products adds to a cell.
static float gains[2] = {1, 32};

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int cuDevicePrimaryCtxRetain(void **context, int device) {
  ORDER("cuDevicePrimaryCtxRetain");
  *context = &contexts[device];
  return 0;
}
int cuDevicePrimaryCtxRelease_v2(int device) { (void)device; return 0; }
int cuCtxSetCurrent(void *context) { (void)context; ORDER("cuCtxSetCurrent"); return 0; }
int cuMemAlloc_v2(uint64_t *address, size_t bytes) {
  ORDER("cuMemAlloc_v2");
  if (bytes > (size_t)number("FAKE_CUDA_FREE", 1L << 32)) return 2;
  *address = (uint64_t)(uintptr_t)malloc(bytes);
  return *address ? 0 : 2;
}
int cuMemGetInfo_v2(size_t *bytes, size_t *all) {
  // Asked where memory is filled, and not where it is measured.
  int code = fault("cuMemGetInfo_v2");
  *all = (size_t)number("FAKE_CUDA_MEMORY", 42273800192);
  *bytes = (size_t)number("FAKE_CUDA_FREE", (long)*all);
  return code;
}
int cuMemFree_v2(uint64_t address) { free((void *)(uintptr_t)address); return 0; }
int cuMemHostAlloc(void **address, size_t bytes, unsigned flags) {
  (void)flags;
  ORDER("cuMemHostAlloc");
  *address = calloc(1, bytes);
  return *address ? 0 : 2;
}
int cuMemFreeHost(void *address) { free(address); return 0; }
int cuMemHostGetDevicePointer_v2(uint64_t *address, void *host, unsigned flags) {
  (void)flags;
  ORDER("cuMemHostGetDevicePointer_v2");
  *address = (uint64_t)(uintptr_t)host;
  return 0;
}
int cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t bytes, void *stream) {
  (void)stream;
  ORDER("cuMemcpyHtoDAsync_v2");
  memcpy((void *)(uintptr_t)to, from, bytes);
  return 0;
}
int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, void *stream) {
  (void)stream;
  ORDER("cuMemcpyDtoHAsync_v2");
  memcpy(to, (void *)(uintptr_t)from, bytes);
  return 0;
}
int cuModuleLoadDataEx(void **module, const void *text, unsigned count, int *options, void **values) {
  ORDER("cuModuleLoadDataEx");
  // PTX that the compiler refuses: it says so where it was told to.
  if (number("FAKE_CUDA_REFUSES", 0)) {
    for (unsigned i = 0; i < count; i++)
      if (options[i] == 5) strcpy(values[i], "ptxas application ptx input, line 1; fatal");
    return 218;
  }
  // A driver that is older than the text.
  if (strncmp(text, ".version ", 9) != 0) return 218;
  if (atof((const char *)text + 9) * 10 > (double)number("FAKE_CUDA_PTX", 99) + 0.5) return 222;
  *module = &gains[strstr(text, ".s8.s8.") != NULL];
  return 0;
}
int cuModuleUnload(void *module) { (void)module; return 0; }
int cuModuleGetFunction(void **function, void *module, const char *name) {
  ORDER("cuModuleGetFunction");
  // As few as there are: they are never given back.
  kernel *made = calloc(1, sizeof(kernel));
  if (!made) return 2;
  strncpy(made->name, name, sizeof(made->name) - 1);
  made->gain = *(float *)module;
  *function = made;
  return 0;
}

static uint32_t word(uint32_t place, uint32_t seed) { return place * 2654435761u + seed; }
static void *memory(void *argument) { return (void *)(uintptr_t)*(uint64_t *)argument; }
static uint32_t figure(void *argument) { return *(uint32_t *)argument; }

static void run(const kernel *kernel, uint32_t items, void **with) {
  const char *name = kernel->name;
  uint32_t *to = memory(with[0]);
  // A GPU that computes wrongly does so a little, and only here.
  uint32_t error = strcmp(name, words("FAKE_CUDA_WRONG", "")) == 0;
  if (strcmp(name, "fill") == 0) {
    for (uint32_t i = 0; i < 4 * figure(with[1]); i++) to[i] = word(i, figure(with[2])) + error;
  } else if (strcmp(name, "copy") == 0) {
    memcpy(to, memory(with[1]), 16 * (size_t)figure(with[2]));
    to[0] += error;
  } else if (strcmp(name, "sum") == 0) {
    uint32_t *from = memory(with[1]);
    memset(to, 0, 4 * (size_t)items);
    for (uint32_t i = 0; i < 4 * figure(with[2]); i++) to[0] += from[i];
    to[0] += error;
  } else if (strcmp(name, "triad") == 0) {
    uint32_t *left = memory(with[1]), *right = memory(with[2]);
    for (uint32_t i = 0; i < 4 * figure(with[3]); i++) to[i] = left[i] + 3 * right[i] + error;
  } else if (strcmp(name, "hold") == 0) {
    // The host opens the gate after its launch, which a driver that blocks waits for.
    to[1] = launchesBlock || number("FAKE_CUDA_BLOCKS", 0);
  } else if (strcmp(name, "link") == 0) {
    for (uint32_t i = 0; i <= figure(with[1]); i++)
      to[32 * i] = 32 * ((i * figure(with[2]) + figure(with[3])) & figure(with[1]));
  } else if (strcmp(name, "chase") == 0) {
    uint32_t place = to[0], *next = memory(with[1]);
    for (uint32_t i = 0; i < figure(with[2]); i++) place = next[place];
    to[0] = place + error;
    to[1] += figure(with[2]);
  } else if (strcmp(name, "chains") == 0 || strcmp(name, "products") == 0) {
    // 8 chains that began at their own number, or 32 cells; 16 further after an odd number of rounds.
    float found = name[0] == 'c' ? 28 + 8 * 16 : 32 * 16 * kernel->gain;
    for (uint32_t i = 0; i < items; i++) ((float *)to)[i] = found + (float)error;
  } else if (strcmp(name, "entries") == 0) {
    for (uint32_t i = 0; i < figure(with[1]); i++)
      ((float *)to)[i] = (float)(word(i, figure(with[2])) >> 29) - 4;
  } else if (strcmp(name, "multiply") == 0) {
    uint32_t side = figure(with[3]);
    float *product = (float *)to, *left = memory(with[1]), *right = memory(with[2]);
    memset(product, 0, 4 * (size_t)side * side);
    for (uint32_t i = 0; i < side; i++)
      for (uint32_t k = 0; k < side; k++)
        for (uint32_t j = 0; j < side; j++)
          product[i * side + j] += left[i * side + k] * right[k * side + j];
    product[0] += (float)error;
  } else if (strcmp(name, "extend") == 0) {
    // A wrong key: every cell is another.
    uint32_t key[8];
    memcpy(key, memory(with[1]), sizeof(key));
    key[7] += error;
    extend(to, key, figure(with[2]), figure(with[3]), figure(with[4]), figure(with[5]), figure(with[6]));
  } else if (strcmp(name, "digest") == 0) {
    uint8_t *digests = (uint8_t *)to + 32 * (size_t)figure(with[1]);
    uint8_t *from = (uint8_t *)memory(with[2]) + 64 * (size_t)figure(with[3]);
    for (uint32_t i = 0; i < figure(with[4]); i++)
      digest(digests + 32 * (size_t)i, (uint8_t)(figure(with[5]) ^ error), from + 64 * (size_t)i);
  } else if (strcmp(name, "pick") == 0) {
    memcpy(to, (uint8_t *)memory(with[1]) + 64 * (size_t)figure(with[2]), 64 * (size_t)figure(with[3]));
    // A bit of each cell, since any of them may be the one that is opened.
    for (uint32_t i = 0; i < figure(with[3]); i++) to[16 * i] ^= error;
  } else if (strcmp(name, "differ") == 0) {
    uint32_t *one = memory(with[1]), *other = memory(with[2]);
    for (uint32_t i = 0; i < figure(with[3]); i++) to[0] += one[i] != other[i];
    to[1] += figure(with[3]);
  }
}

int cuLaunchKernel(void *function, unsigned x, unsigned y, unsigned z, unsigned a, unsigned b,
                   unsigned c, unsigned shared, void *stream, void **with, void **extra) {
  (void)shared; (void)stream; (void)extra;
  ORDER("cuLaunchKernel");
  if (y != 1 || z != 1 || b != 1 || c != 1 || a > 1024) return 1;
  // The gate is open by the time that a stream is waited for.
  run(function, x * a, with);
  return 0;
}
int cuStreamCreate(void **stream, unsigned flags) {
  (void)flags;
  ORDER("cuStreamCreate");
  *stream = &marker;
  return 0;
}
int cuStreamDestroy_v2(void *stream) { (void)stream; return 0; }
int cuStreamSynchronize(void *stream) { (void)stream; ORDER("cuStreamSynchronize"); return 0; }
int cuStreamWaitEvent(void *stream, void *event, unsigned flags) {
  (void)stream; (void)event; (void)flags;
  ORDER("cuStreamWaitEvent");
  return 0;
}
int cuEventCreate(void **event, unsigned flags) {
  (void)flags;
  ORDER("cuEventCreate");
  *event = calloc(1, sizeof(moment));
  return *event ? 0 : 2;
}
int cuEventDestroy_v2(void *event) { free(event); return 0; }
int cuEventRecord(void *event, void *stream) {
  (void)stream;
  ORDER("cuEventRecord");
  ((moment *)event)->at = seconds();
  return 0;
}
int cuEventElapsedTime(float *milliseconds, void *from, void *to) {
  ORDER("cuEventElapsedTime");
  *milliseconds = (float)((((moment *)to)->at - ((moment *)from)->at) * 1e3);
  // What is done here at once would be faster than any peak.
  *milliseconds *= (float)number("FAKE_CUDA_SLOWNESS", 1);
  if (number("FAKE_CUDA_CLOCK", 1) == 0) *milliseconds = 0.0f / 0.0f;
  return 0;
}
