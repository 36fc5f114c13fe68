// Copies from one GPU to another, whose memories are both the host's.
#pragma once
#include <stdint.h>
#include <string.h>
#include "faults.h"

int cuDeviceCanAccessPeer(int *can, int device, int other) {
  ORDER("cuDeviceCanAccessPeer");
  *can = device != other && number("FAKE_CUDA_PEERS", 1) != 0;
  return 0;
}
int cuCtxEnablePeerAccess(void *context, unsigned flags) {
  (void)context;
  ORDER("cuCtxEnablePeerAccess");
  return flags == 0 ? 0 : 1;
}
int cuCtxDisablePeerAccess(void *context) { (void)context; return 0; }
int cuMemcpyPeerAsync(uint64_t to, void *toContext, uint64_t from, void *fromContext, size_t bytes, void *stream) {
  (void)stream;
  ORDER("cuMemcpyPeerAsync");
  // Either end by itself.
  if (toContext == fromContext) return 1;
  memcpy((void *)(uintptr_t)to, (void *)(uintptr_t)from, bytes);
  // A byte that changes on its way.
  if (strcmp(words("FAKE_CUDA_WRONG", ""), "peers") == 0) ((char *)(uintptr_t)to)[bytes / 2] ^= 1;
  return 0;
}
