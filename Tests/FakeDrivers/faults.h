// Which calls fail, and with what: FAKE_FAULTS="cuInit=999,nvmlDeviceGetTemperature=3"; "cuLaunchKernel=46@20" from the 20th call on.
#pragma once
#include <stdlib.h>
#include <string.h>

static int fault(const char *call) {
  const char *list = getenv("FAKE_FAULTS");
  size_t length = strlen(call);
  while (list && *list) {
    if (strncmp(list, call, length) == 0 && list[length] == '=') {
      char *rest;
      int code = (int)strtol(list + length + 1, &rest, 10);
      static int calls;
      return *rest != '@' || ++calls >= atoi(rest + 1) ? code : 0;
    }
    list = strchr(list, ',');
    if (list) list++;
  }
  return 0;
}

static long number(const char *variable, long otherwise) {
  const char *text = getenv(variable);
  if (!text || !*text) return otherwise;
  return *text == '-' ? strtol(text, NULL, 10) : (long)strtoull(text, NULL, 10);
}

static const char *words(const char *variable, const char *otherwise) {
  const char *text = getenv(variable);
  return text && *text ? text : otherwise;
}

#define ORDER(call) do { int code = fault(call); if (code) return code; } while (0)
