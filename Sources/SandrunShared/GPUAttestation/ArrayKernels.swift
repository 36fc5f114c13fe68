internal import Computing

/// The kernels that fill the array, hash it and read from it; `ArrayCell` and `ArrayShape` say what they compute.
enum ArrayKernels {
  static let program = KernelProgram(
    name: "attestation",
    openCL: """
      void round20(uint4 *x) {
        uint4 a = x[0], b = x[1], c = x[2], d = x[3];
        for (uint i = 0; i < 10; i++) {
          a += b; d = rotate(d ^ a, (uint4)(16)); c += d; b = rotate(b ^ c, (uint4)(12));
          a += b; d = rotate(d ^ a, (uint4)(8)); c += d; b = rotate(b ^ c, (uint4)(7));
          b = b.yzwx; c = c.zwxy; d = d.wxyz;
          a += b; d = rotate(d ^ a, (uint4)(16)); c += d; b = rotate(b ^ c, (uint4)(12));
          a += b; d = rotate(d ^ a, (uint4)(8)); c += d; b = rotate(b ^ c, (uint4)(7));
          b = b.wxyz; c = c.zwxy; d = d.yzwx;
        }
        x[0] += a; x[1] += b; x[2] += c; x[3] += d;
      }

      // Fills the rows of a slice, a lane a work item.
      __kernel void extend(__global uint4 *cells, __global const uint4 *key, uint lanes, uint rows, uint sliceRows, uint slice, uint pass) {
        uint lane = get_global_id(0);
        if (lane >= lanes) return;
        uint first = slice * sliceRows * lanes, sliceCells = sliceRows * lanes;
        uint span = pass == 1 ? first : rows * lanes - sliceCells;
        uint4 x[4] = {(uint4)(0), (uint4)(0), (uint4)(0), (uint4)(0)};
        if (first > 0 || pass == 2) {
          size_t before = (first > 0 ? first : rows * lanes) - lanes + lane;
          for (uint i = 0; i < 4; i++) x[i] = cells[4 * before + i];
        }
        for (uint row = 0; row < sliceRows; row++) {
          uint here = first + row * lanes + lane;
          size_t at = here;
          if (span > 0) {
            uint chosen = mul_hi(x[0].x, span), second = mul_hi(x[0].y, span);
            size_t one = chosen >= first ? chosen + sliceCells : chosen;
            size_t other = second >= first ? second + sliceCells : second;
            for (uint i = 0; i < 4; i++) x[i] = (x[i] ^ cells[4 * one + i]) + cells[4 * other + i];
          }
          if (pass == 2)
            for (uint i = 0; i < 4; i++) x[i] ^= cells[4 * at + i];
          x[0] ^= key[0];
          x[1] ^= key[1];
          x[2] ^= (uint4)(here, pass, 0, 0);
          round20(x);
          for (uint i = 0; i < 4; i++) cells[4 * at + i] = x[i];
        }
      }

      __constant uint factors[64] = {
        \(SHA256Constants.text)
      };

      uint swapped(uint x) { return rotate(x & 0x00ff00ffu, 24u) | rotate(x & 0xff00ff00u, 8u); }

      // A block of the message; what it overwrites is its own.
      void compress(uint *state, uint *w) {
        uint a = state[0], b = state[1], c = state[2], d = state[3];
        uint e = state[4], f = state[5], g = state[6], h = state[7];
        for (uint i = 0; i < 64; i++) {
          if (i >= 16) {
            uint p = w[(i + 1) & 15], q = w[(i + 14) & 15];
            w[i & 15] += (rotate(p, 25u) ^ rotate(p, 14u) ^ (p >> 3)) + w[(i + 9) & 15] + (rotate(q, 15u) ^ rotate(q, 13u) ^ (q >> 10));
          }
          uint one = h + (rotate(e, 26u) ^ rotate(e, 21u) ^ rotate(e, 7u)) + ((e & f) ^ (~e & g)) + factors[i] + w[i & 15];
          uint two = (rotate(a, 30u) ^ rotate(a, 19u) ^ rotate(a, 10u)) + ((a & b) ^ (a & c) ^ (b & c));
          h = g; g = f; f = e; e = d + one; d = c; c = b; b = a; a = one + two;
        }
        state[0] += a; state[1] += b; state[2] += c; state[3] += d;
        state[4] += e; state[5] += f; state[6] += g; state[7] += h;
      }

      // SHA-256 of a byte and 64 more: of a leaf behind 0, of two digests behind 1.
      __kernel void digest(__global uint *to, uint place, __global const uint *from, uint first, uint count, uint prefix) {
        uint item = get_global_id(0);
        if (item >= count) return;
        uint state[8] = {0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au, 0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u};
        uint w[16];
        size_t start = 16 * ((size_t)first + item);
        uint last = prefix;
        for (uint i = 0; i < 16; i++) {
          uint word = swapped(from[start + i]);
          w[i] = (last << 24) | (word >> 8);
          last = word;
        }
        compress(state, w);
        w[0] = (last << 24) | 0x800000u;
        for (uint i = 1; i < 15; i++) w[i] = 0;
        w[15] = 520;
        compress(state, w);
        size_t end = 8 * ((size_t)place + item);
        for (uint i = 0; i < 8; i++) to[end + i] = swapped(state[i]);
      }

      // Copies cells that lie one after another.
      __kernel void pick(__global uint4 *to, __global const uint4 *cells, uint first, uint count) {
        uint item = get_global_id(0);
        if (item >= count) return;
        for (uint i = 0; i < 4; i++) to[4 * item + i] = cells[4 * ((size_t)first + item) + i];
      }
      """, ptx: ptx)
}

/// The constants of SHA-256 (FIPS 180-4, section 4.2.2).
enum SHA256Constants {
  static let words: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]

  static let initial: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]

  static let text = words.map { "0x\(String($0, radix: 16))u" }.joined(separator: ", ")
}
