// A libnvidia-ml.so.1 that tells of GPUs which are not there, and fails where it is told to.
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include "faults.h"

typedef struct { int index; } device;
static device devices[64];

int nvmlInit_v2(void) { ORDER("nvmlInit_v2"); return 0; }
const char *nvmlErrorString(int code) {
  switch (code) {
  case 3: return "Not Supported";
  case 9: return "Driver Not Loaded";
  case 15: return "GPU is lost";
  default: return "Unknown Error";
  }
}
int nvmlSystemGetDriverVersion(char *text, unsigned length) {
  ORDER("nvmlSystemGetDriverVersion");
  snprintf(text, length, "550.54.15");
  return 0;
}
int nvmlDeviceGetCount_v2(unsigned *count) {
  ORDER("nvmlDeviceGetCount_v2");
  *count = (unsigned)number("FAKE_NVML_COUNT", 2);
  return 0;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, device **handle) {
  ORDER("nvmlDeviceGetHandleByIndex_v2");
  // A GPU that fell off its bus.
  if ((long)index == number("FAKE_NVML_LOST", -1)) return 15;
  devices[index].index = (int)index;
  *handle = &devices[index];
  return 0;
}
int nvmlDeviceGetName(device *gpu, char *text, unsigned length) {
  (void)gpu;
  ORDER("nvmlDeviceGetName");
  snprintf(text, length, "%s", words("FAKE_NVML_NAME", "NVIDIA A100-SXM4-40GB"));
  return 0;
}
int nvmlDeviceGetUUID(device *gpu, char *text, unsigned length) {
  ORDER("nvmlDeviceGetUUID");
  unsigned char b[16];
  // UUIDs that CUDA tells of nowhere.
  long other = number("FAKE_NVML_UUIDS", 0);
  for (int i = 0; i < 16; i++) b[i] = (unsigned char)(gpu->index * 16 + i + other);
  snprintf(text, length, "GPU-%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
           b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
           b[14], b[15]);
  return 0;
}

// As CUDA has them, with a longer domain.
int nvmlDeviceGetPciInfo_v3(device *gpu, unsigned char info[68]) {
  ORDER("nvmlDeviceGetPciInfo_v3");
  memset(info, 0, 68);
  int place = 0x3B + (int)number("FAKE_CUDA_COUNT", 2) - 1 - gpu->index;
  snprintf((char *)info + 36, 32, "00000000:%02X:00.0", place + (int)number("FAKE_NVML_PLACES", 0));
  return 0;
}

#define NUMBER(call, value) \
  int call(device *gpu, unsigned *out) { (void)gpu; ORDER(#call); *out = (value); return 0; }
#define NUMBER_OF(call, value) \
  int call(device *gpu, int kind, unsigned *out) { (void)gpu; (void)kind; ORDER(#call); *out = (value); return 0; }
#define PAIR(call, one, other) \
  int call(device *gpu, unsigned *first, unsigned *second) { \
    (void)gpu; ORDER(#call); *first = (one); *second = (other); return 0; }

NUMBER_OF(nvmlDeviceGetClockInfo, (unsigned)number("FAKE_NVML_CLOCK", kind == 1 ? 1095 : 1215))
NUMBER_OF(nvmlDeviceGetMaxClockInfo, (unsigned)number("FAKE_NVML_CLOCK", kind == 1 ? 1410 : 1215))
NUMBER_OF(nvmlDeviceGetTemperature, (unsigned)number("FAKE_NVML_TEMPERATURE", 41))
NUMBER(nvmlDeviceGetCurrPcieLinkGeneration, (unsigned)number("FAKE_NVML_PCIE", 4))
NUMBER(nvmlDeviceGetMaxPcieLinkGeneration, (unsigned)number("FAKE_NVML_PCIE", 4))
NUMBER(nvmlDeviceGetCurrPcieLinkWidth, (unsigned)number("FAKE_NVML_WIDTH", 16))
NUMBER(nvmlDeviceGetMaxPcieLinkWidth, (unsigned)number("FAKE_NVML_WIDTH", 16))
NUMBER(nvmlDeviceGetPowerUsage, (unsigned)number("FAKE_NVML_POWER", 52007))
NUMBER(nvmlDeviceGetEnforcedPowerLimit, (unsigned)number("FAKE_NVML_LIMIT", 400000))
PAIR(nvmlDeviceGetPowerManagementLimitConstraints, 100000, (unsigned)number("FAKE_NVML_LIMIT", 400000))
PAIR(nvmlDeviceGetEccMode, (unsigned)number("FAKE_NVML_ECC", 1), 1)
PAIR(nvmlDeviceGetMigMode, (unsigned)number("FAKE_NVML_MIG", 0), (unsigned)number("FAKE_NVML_MIG", 0))

int nvmlDeviceGetNvLinkState(device *gpu, unsigned link, unsigned *up) {
  (void)gpu;
  ORDER("nvmlDeviceGetNvLinkState");
  *up = 0;
  if ((long)link == number("FAKE_NVML_NO_LINK", -1)) return 3;
  if (link >= (unsigned)number("FAKE_NVML_LINKS", 12)) return link ? 2 : 0;
  *up = 1;
  return 0;
}
int nvmlDeviceGetMemoryInfo(device *gpu, uint64_t memory[3]) {
  (void)gpu;
  ORDER("nvmlDeviceGetMemoryInfo");
  memory[0] = (uint64_t)number("FAKE_NVML_MEMORY", 42949672960);
  memory[1] = (uint64_t)number("FAKE_NVML_FREE", 42000000000);
  memory[2] = memory[0] - memory[1];
  return 0;
}
int nvmlDeviceGetComputeRunningProcesses_v3(device *gpu, unsigned *count, unsigned char *out) {
  (void)gpu;
  ORDER("nvmlDeviceGetComputeRunningProcesses_v3");
  unsigned here = (unsigned)number("FAKE_NVML_PROCESSES", 1);
  if (*count < here) { *count = here; return 7; }
  *count = here;
  for (unsigned i = 0; i < here; i++) {
    uint32_t pid = 4000 + i;
    uint64_t memory = i % 2 ? UINT64_MAX : (uint64_t)number("FAKE_NVML_HELD", 1 << 20);
    memcpy(out + i * 24, &pid, 4);
    memcpy(out + i * 24 + 8, &memory, 8);
    memset(out + i * 24 + 16, 0, 8);
  }
  return 0;
}

int nvmlDeviceGetUtilizationRates(device *gpu, unsigned rates[2]) {
  (void)gpu;
  ORDER("nvmlDeviceGetUtilizationRates");
  rates[0] = (unsigned)number("FAKE_NVML_UTILIZATION", 97);
  rates[1] = 43;
  return 0;
}
int nvmlDeviceGetCurrentClocksThrottleReasons(device *gpu, unsigned long long *reasons) {
  (void)gpu;
  ORDER("nvmlDeviceGetCurrentClocksThrottleReasons");
  *reasons = (unsigned long long)number("FAKE_NVML_THROTTLE", 0x24);
  return 0;
}

// An energy counter of so many watts, which most tests do without.
int nvmlDeviceGetTotalEnergyConsumption(device *gpu, unsigned long long *energy) {
  (void)gpu;
  int code = fault("nvmlDeviceGetTotalEnergyConsumption");
  long power = number("FAKE_NVML_ENERGY", 0);
  if (code || !power) return code ? code : 3;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  *energy = (unsigned long long)((double)power * ((double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6));
  return 0;
}
