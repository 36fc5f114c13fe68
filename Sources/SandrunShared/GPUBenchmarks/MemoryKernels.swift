internal import Computing

/// Kernels that move memory, each work item in strides of the whole grid, 16 bytes at a time.
enum MemoryKernels {
  static let program = KernelProgram(
    name: "memory",
    openCL: """
      // Each 32-bit word of a filled buffer is a function of its place, so that any of them can be checked anywhere.
      uint word(uint place, uint seed) { return place * 2654435761u + seed; }

      __kernel void fill(__global uint4 *to, uint count, uint seed) {
        for (uint i = get_global_id(0); i < count; i += get_global_size(0))
          to[i] = (uint4)(word(4 * i, seed), word(4 * i + 1, seed), word(4 * i + 2, seed), word(4 * i + 3, seed));
      }

      __kernel void copy(__global uint4 *to, __global const uint4 *from, uint count) {
        for (uint i = get_global_id(0); i < count; i += get_global_size(0)) to[i] = from[i];
      }

      // What is read must be used: the sum of all words, one partial sum a work item.
      __kernel void sum(__global uint *sums, __global const uint4 *from, uint count) {
        uint4 total = (uint4)(0);
        for (uint i = get_global_id(0); i < count; i += get_global_size(0)) total += from[i];
        sums[get_global_id(0)] = total.x + total.y + total.z + total.w;
      }

      // to = left + 3 * right, in integers: as many bytes and operations as with floating point, and exact.
      __kernel void triad(__global uint4 *to, __global const uint4 *left, __global const uint4 *right, uint count) {
        for (uint i = get_global_id(0); i < count; i += get_global_size(0)) to[i] = left[i] + 3u * right[i];
      }

      // One cycle through all lines of 128 bytes, by a congruential generator: an order that no prefetcher foresees.
      __kernel void link(__global uint *next, uint mask, uint factor, uint term) {
        for (uint i = get_global_id(0); i <= mask; i += get_global_size(0))
          next[32 * i] = 32 * ((i * factor + term) & mask);
      }

      // From where the last launch ended; and how many steps it took.
      __kernel void chase(__global uint *walk, __global const uint *next, uint steps) {
        uint place = walk[0];
        for (uint i = 0; i < steps; i++) place = next[place];
        walk[0] = place;
        walk[1] += steps;
      }

      __kernel void nothing(__global uint *sums) { if (get_global_id(0) == 0x7fffffff) sums[0] = 1; }
      """, ptx: ptx)

  /// The sum of all words of a buffer that `fill` wrote, modulo 2^32.
  static func sum(words: Int, seed: UInt32) -> UInt32 {
    // The sum of 0, 1, 2, … n-1, and n seeds.
    let count = UInt64(words)
    let places = count % 2 == 0 ? (count / 2) &* (count &- 1) : count &* ((count - 1) / 2)
    return UInt32(truncatingIfNeeded: places) &* 2_654_435_761
      &+ UInt32(truncatingIfNeeded: count) &* seed
  }
}
