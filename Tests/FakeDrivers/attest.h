// What libcuda computes of an attestation, in C and one work item after another: written down once more, from what the manual says.
#pragma once
#include <stdint.h>
#include <string.h>

static uint32_t leftwards(uint32_t x, int n) { return x << n | x >> (32 - n); }

static void quarter(uint32_t *s, int a, int b, int c, int d) {
  s[a] += s[b]; s[d] = leftwards(s[d] ^ s[a], 16);
  s[c] += s[d]; s[b] = leftwards(s[b] ^ s[c], 12);
  s[a] += s[b]; s[d] = leftwards(s[d] ^ s[a], 8);
  s[c] += s[d]; s[b] = leftwards(s[b] ^ s[c], 7);
}

static void extend(uint32_t *cells, const uint32_t *key, uint32_t lanes, uint32_t rows, uint32_t height,
                   uint32_t slice, uint32_t pass) {
  uint32_t all = lanes * rows, size = height * lanes, first = slice * size;
  uint32_t span = pass == 1 ? first : all - size;
  static const uint32_t nothing[16];
  for (uint32_t at = first; at < first + size; at++) {
    const uint32_t *before = at >= lanes ? cells + 16 * (size_t)(at - lanes)
                             : pass == 2 ? cells + 16 * (size_t)(all - lanes + at) : nothing;
    uint32_t in[16], out[16], chosen[2], *here = cells + 16 * (size_t)at;
    for (int i = 0; i < 2; i++) {
      chosen[i] = (uint32_t)((uint64_t)before[i] * span >> 32);
      if (chosen[i] >= first) chosen[i] += size;
    }
    for (int i = 0; i < 16; i++) {
      in[i] = before[i];
      if (span) in[i] = (in[i] ^ cells[16 * (size_t)chosen[0] + i]) + cells[16 * (size_t)chosen[1] + i];
      if (pass == 2) in[i] ^= here[i];
      if (i < 8) in[i] ^= key[i];
    }
    in[8] ^= at;
    in[9] ^= pass;
    memcpy(out, in, 64);
    for (int i = 0; i < 10; i++) {
      quarter(out, 0, 4, 8, 12); quarter(out, 1, 5, 9, 13); quarter(out, 2, 6, 10, 14); quarter(out, 3, 7, 11, 15);
      quarter(out, 0, 5, 10, 15); quarter(out, 1, 6, 11, 12); quarter(out, 2, 7, 8, 13); quarter(out, 3, 4, 9, 14);
    }
    for (int i = 0; i < 16; i++) here[i] = in[i] + out[i];
  }
}

// SHA-256 of a byte and 64 more; the constants are the roots of primes, as FIPS 180-4 has them.
static void digest(uint8_t *to, uint8_t prefix, const uint8_t *from) {
  static uint32_t k[64], h0[8];
  if (!h0[0]) {
    int found = 0;
    for (uint32_t n = 2; found < 64; n++) {
      int prime = 1;
      for (uint32_t d = 2; d * d <= n; d++) if (n % d == 0) prime = 0;
      if (!prime) continue;
      // The first 32 bits behind the point, by trying each bit: x^3 <= n * 2^96, y^2 <= n * 2^64.
      unsigned __int128 cube = 0, square = 0;
      for (int bit = 35; bit >= 0; bit--) {
        unsigned __int128 one = (unsigned __int128)1 << bit, x = cube | one, y = square | one;
        if (x * x * x <= (unsigned __int128)n << 96) cube = x;
        if (y * y <= (unsigned __int128)n << 64) square = y;
      }
      k[found] = (uint32_t)cube;
      if (found < 8) h0[found] = (uint32_t)square;
      found++;
    }
  }
  uint8_t message[128] = {prefix};
  memcpy(message + 1, from, 64);
  message[65] = 0x80;
  message[126] = 520 >> 8;
  message[127] = 520 & 255;
  uint32_t h[8];
  memcpy(h, h0, 32);
  for (int block = 0; block < 2; block++) {
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++) {
      const uint8_t *b = message + 64 * block + 4 * i;
      w[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    }
#define TURN(x, n) leftwards(x, 32 - (n))
    for (int i = 16; i < 64; i++)
      w[i] = w[i - 16] + (TURN(w[i - 15], 7) ^ TURN(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 7] +
             (TURN(w[i - 2], 17) ^ TURN(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(v, h, 32);
    for (int i = 0; i < 64; i++) {
      uint32_t one = v[7] + (TURN(v[4], 6) ^ TURN(v[4], 11) ^ TURN(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
      uint32_t two = (TURN(v[0], 2) ^ TURN(v[0], 13) ^ TURN(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
      memmove(v + 1, v, 28);
      v[4] += one;
      v[0] = one + two;
    }
    for (int i = 0; i < 8; i++) h[i] += v[i];
  }
  for (int i = 0; i < 32; i++) to[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}
