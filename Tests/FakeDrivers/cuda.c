// A libcuda.so.1 that tells of GPUs which are not there, and fails where it is told to.
#include <stdint.h>
#include <stdio.h>
#include "compute.h"
#include "faults.h"
#include "peers.h"

int cuInit(unsigned flags) {
  (void)flags;
  ORDER("cuInit");
  launchesBlock = number("CUDA_LAUNCH_BLOCKING", 0) != 0;
  return 0;
}
int cuDriverGetVersion(int *version) { ORDER("cuDriverGetVersion"); *version = (int)number("FAKE_CUDA_VERSION", 12040); return 0; }
int cuDeviceGetCount(int *count) {
  ORDER("cuDeviceGetCount");
  *count = (int)number("FAKE_CUDA_COUNT", 2);
  return 0;
}
int cuDeviceGet(int *device, int index) { ORDER("cuDeviceGet"); *device = index; return 0; }
int cuDeviceGetName(char *name, int length, int device) {
  (void)device;
  ORDER("cuDeviceGetName");
  snprintf(name, (size_t)length, "%s", words("FAKE_CUDA_NAME", "NVIDIA A100-SXM4-40GB"));
  return 0;
}
int cuDeviceGetUuid(unsigned char uuid[16], int device) {
  ORDER("cuDeviceGetUuid");
  // The order of CUDA is not that of the bus: its last GPU is NVML's first.
  int place = (int)number("FAKE_CUDA_COUNT", 2) - 1 - device;
  for (int i = 0; i < 16; i++) uuid[i] = (unsigned char)(place * 16 + i);
  return 0;
}
int cuDeviceTotalMem_v2(size_t *bytes, int device) {
  (void)device;
  ORDER("cuDeviceTotalMem_v2");
  *bytes = (size_t)number("FAKE_CUDA_MEMORY", 42273800192);
  return 0;
}
int cuDeviceGetAttribute(int *value, int attribute, int device) {
  (void)device;
  ORDER("cuDeviceGetAttribute");
  switch (attribute) {
  case 13: *value = (int)number("FAKE_CUDA_CLOCK_RATE", 1410000); break;
  case 16: *value = (int)number("FAKE_CUDA_UNITS", 108); break;
  case 32: *value = 1; break;
  case 36: *value = (int)number("FAKE_CUDA_CLOCK_RATE", 1215000); break;
  case 37: *value = (int)number("FAKE_CUDA_WIDTH", 5120); break;
  case 38: *value = (int)number("FAKE_CUDA_CACHE", 41943040); break;
  case 75: *value = (int)number("FAKE_CUDA_COMPUTE", 80) / 10; break;
  case 76: *value = (int)number("FAKE_CUDA_COMPUTE", 80) % 10; break;
  default: return 1;
  }
  return 0;
}
int cuDeviceGetPCIBusId(char *text, int length, int device) {
  ORDER("cuDeviceGetPCIBusId");
  snprintf(text, (size_t)length, "0000:%02X:00.0", 0x3B + device);
  return 0;
}
int cuGetErrorName(int code, const char **name) {
  switch (code) {
  case 1: *name = "CUDA_ERROR_INVALID_VALUE"; return 0;
  case 2: *name = "CUDA_ERROR_OUT_OF_MEMORY"; return 0;
  case 46: *name = "CUDA_ERROR_DEVICE_UNAVAILABLE"; return 0;
  case 218: *name = "CUDA_ERROR_INVALID_PTX"; return 0;
  case 222: *name = "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"; return 0;
  case 719: *name = "CUDA_ERROR_LAUNCH_FAILED"; return 0;
  case 100: *name = "CUDA_ERROR_NO_DEVICE"; return 0;
  case 999: *name = "CUDA_ERROR_UNKNOWN"; return 0;
  default: *name = NULL; return 1;
  }
}
