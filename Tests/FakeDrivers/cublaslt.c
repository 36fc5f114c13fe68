// A libcublasLt.so.12 that multiplies in C what lies in the host's memory, and fails where it is told to.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "faults.h"

typedef struct { int compute, scale, transposed; } description;
typedef struct { int type; uint64_t rows, columns; int64_t step; } layout;
typedef struct { uint64_t way[8]; size_t workspace; int state; float waves; int more[4]; } answer;

#define CALL(name) ORDER(#name)
static int make(void **object, size_t bytes) { return (*object = calloc(1, bytes)) ? 0 : 3; }

size_t cublasLtGetVersion(void) { return 120901; }
const char *cublasLtGetStatusName(int status) {
  switch (status) {
  case 1: return "CUBLAS_STATUS_NOT_INITIALIZED";
  case 13: return "CUBLAS_STATUS_EXECUTION_FAILED";
  default: return "CUBLAS_STATUS_UNKNOWN";
  }
}
int cublasLtCreate(void **handle) { CALL(cublasLtCreate); return make(handle, 1); }
int cublasLtDestroy(void *handle) { free(handle); return 0; }
int cublasLtMatmulDescCreate(void **made, int compute, int scale) {
  CALL(cublasLtMatmulDescCreate);
  if (make(made, sizeof(description))) return 3;
  *(description *)*made = (description){compute, scale, 0};
  return 0;
}
int cublasLtMatmulDescDestroy(void *made) { free(made); return 0; }
int cublasLtMatmulDescSetAttribute(description *made, int attribute, const void *value, size_t bytes) {
  CALL(cublasLtMatmulDescSetAttribute);
  if (attribute != 3 || bytes != 4) return 7;
  made->transposed = *(const int *)value;
  return 0;
}
int cublasLtMatrixLayoutCreate(void **made, int type, uint64_t rows, uint64_t columns, int64_t step) {
  CALL(cublasLtMatrixLayoutCreate);
  if (make(made, sizeof(layout))) return 3;
  *(layout *)*made = (layout){type, rows, columns, step};
  return 0;
}
int cublasLtMatrixLayoutDestroy(void *made) { free(made); return 0; }
int cublasLtMatmulPreferenceCreate(void **made) { CALL(cublasLtMatmulPreferenceCreate); return make(made, 8); }
int cublasLtMatmulPreferenceDestroy(void *made) { free(made); return 0; }
int cublasLtMatmulPreferenceSetAttribute(uint64_t *made, int attribute, const void *value, size_t bytes) {
  CALL(cublasLtMatmulPreferenceSetAttribute);
  if (attribute != 1 || bytes != 8) return 7;
  memcpy(made, value, 8);
  return 0;
}

static size_t width(int type) { return type == 0 || type == 10 ? 4 : type == 2 || type == 14 ? 2 : 1; }
static float floating(uint32_t bits) { float value; memcpy(&value, &bits, 4); return value; }

// A small integer in one of the formats.
static float decoded(const unsigned char *at, int type) {
  uint32_t word = 0;
  memcpy(&word, at, width(type));
  switch (type) {
  case 0: return floating(word);
  case 2: return word & 0x7fff ? floating((word & 0x8000) << 16 | ((word & 0x7fff) + (112 << 10)) << 13) : 0;
  case 14: return floating(word << 16);
  case 3: return (float)(int8_t)word;
  default: return word & 0x7f ? floating((word & 0x80) << 24 | ((word & 0x7f) + (120 << 3)) << 20) : 0;
  }
}
// The nearest, and of two the even one.
static void encode(unsigned char *at, int type, float value) {
  uint32_t word;
  int32_t whole = (int32_t)value;
  memcpy(&word, &value, 4);
  if (type == 10) memcpy(&word, &whole, 4);
  if (type == 14) word = (word + 0x7fff + (word >> 16 & 1)) >> 16;
  if (type == 2) {
    uint32_t sign = word >> 16 & 0x8000, size = word & 0x7fffffff;
    word = size ? sign | ((size + 0xfff + (size >> 13 & 1)) >> 13) - (112 << 10) : 0;
  }
  memcpy(at, &word, width(type));
}

int cublasLtMatmulAlgoGetHeuristic(void *handle, description *made, layout *a, layout *b, layout *c,
                                   layout *d, uint64_t *preference, int most, answer *answers, int *count) {
  (void)handle; (void)a; (void)b; (void)c; (void)d; (void)preference;
  CALL(cublasLtMatmulAlgoGetHeuristic);
  if (most < 1 || *preference == 0) return 7;
  *count = number("FAKE_CUBLAS_NONE", 0) ? 0 : 1;
  memset(answers, 0, sizeof(answer));
  answers->way[0] = 4711;
  answers->state = made->compute == (int)number("FAKE_CUBLAS_LACKS", 0) ? 15 : 0;
  return 0;
}
int cublasLtMatmul(void *handle, description *made, const void *alpha, const unsigned char *left, layout *a,
                   const unsigned char *right, layout *b, const void *beta, const void *c, layout *cLayout,
                   unsigned char *product, layout *d, const uint64_t *way, void *workspace, size_t bytes,
                   void *stream) {
  (void)handle; (void)c; (void)cLayout; (void)stream;
  CALL(cublasLtMatmul);
  uint32_t one = made->scale == 10 ? 1 : 0x3f800000;
  size_t side = a->rows;
  if (memcmp(alpha, &one, 4) || *(const uint32_t *)beta || way[0] != 4711 || !workspace || !bytes ||
      !made->transposed || a->columns != side || b->rows != side || d->step != (int64_t)side) return 7;
  float *x = malloc(4 * side * side), *y = malloc(4 * side * side);
  if (!x || !y) return 3;
  for (size_t i = 0; i < side * side; i++) {
    x[i] = decoded(left + i * width(a->type), a->type);
    y[i] = decoded(right + i * width(b->type), b->type);
  }
  for (size_t column = 0; column < side; column++)
    for (size_t row = 0; row < side; row++) {
      float sum = 0;
      for (size_t k = 0; k < side; k++) sum += x[row * side + k] * y[column * side + k];
      encode(product + (column * side + row) * width(d->type), d->type, sum);
    }
  free(x);
  free(y);
  // A unit that computes wrongly.
  if (strcmp(words("FAKE_CUDA_WRONG", ""), "cublaslt") == 0) encode(product + 5 * width(d->type), d->type, 4096);
  return 0;
}
