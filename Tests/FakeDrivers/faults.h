// Which calls fail, and with what: FAKE_FAULTS="cuInit=999,nvmlDeviceGetTemperature=3".
#pragma once
#include <stdlib.h>
#include <string.h>

static int fault(const char *call) {
  const char *list = getenv("FAKE_FAULTS");
  size_t length = strlen(call);
  while (list && *list) {
    if (strncmp(list, call, length) == 0 && list[length] == '=') return atoi(list + length + 1);
    list = strchr(list, ',');
    if (list) list++;
  }
  return 0;
}

static long number(const char *variable, long otherwise) {
  const char *text = getenv(variable);
  return text && *text ? atol(text) : otherwise;
}

static const char *words(const char *variable, const char *otherwise) {
  const char *text = getenv(variable);
  return text && *text ? text : otherwise;
}

#define ORDER(call) do { int code = fault(call); if (code) return code; } while (0)
