internal import Computing

/// Kernels that multiply square matrices of small integers, in floating point.
enum MatrixKernels {
  /// Rows and columns of what a group computes; a side is a multiple of it.
  static let tile = 16

  static let program = KernelProgram(
    name: "matrix",
    openCL: """
      // An entry is a function of its place: -4 to 3.
      __kernel void entries(__global float *to, uint count, uint seed) {
        for (uint i = get_global_id(0); i < count; i += get_global_size(0))
          to[i] = (float)(((i * 2654435761u + seed) >> 29)) - 4.0f;
      }

      // product = left * right; a group has a tile of it, a work item a cell.
      __kernel __attribute__((reqd_work_group_size(256, 1, 1)))
      void multiply(__global float *product, __global const float *left, __global const float *right, uint side) {
        __local float a[256];
        __local float b[256];
        uint item = get_local_id(0);
        uint row = item >> 4, column = item & 15;
        uint tiles = side >> 4;
        uint top = (get_group_id(0) / tiles) << 4, first = (get_group_id(0) % tiles) << 4;
        float sum = 0.0f;
        for (uint at = 0; at < side; at += 16) {
          a[item] = left[(top + row) * side + at + column];
          b[item] = right[(at + row) * side + first + column];
          barrier(CLK_LOCAL_MEM_FENCE);
          for (uint k = 0; k < 16; k++) sum = fma(a[row * 16 + k], b[k * 16 + column], sum);
          barrier(CLK_LOCAL_MEM_FENCE);
        }
        product[(top + row) * side + first + column] = sum;
      }

      // Counts the words that differ and those that were compared, two counts a work item, and adds to what it counted before.
      __kernel void differ(__global uint *counts, __global const uint *one, __global const uint *other, uint count) {
        uint found = 0, seen = 0;
        for (uint i = get_global_id(0); i < count; i += get_global_size(0)) {
          found += one[i] != other[i];
          seen++;
        }
        counts[2 * get_global_id(0)] += found;
        counts[2 * get_global_id(0) + 1] += seen;
      }
      """, ptx: ptx)
}

/// What the product of the two factors must be, by Freivalds's way.
///
/// It is held against them along one vector, which costs the square of the side and not its cube. A single wrong cell never escapes,
/// since the vector has no zero.
struct MatrixProof {
  private let vector: [Int]
  private let wanted: [Int]

  init(side: Int, leftSeed: UInt32, rightSeed: UInt32) {
    let vector = (0..<side).map { 1 + $0 * 7 % 13 }
    func product(_ seed: UInt32, _ vector: [Int]) -> [Int] {
      (0..<side).map { row in
        var sum = 0
        for column in 0..<side { sum += Self.entry(row * side + column, seed) * vector[column] }
        return sum
      }
    }
    self.vector = vector
    wanted = product(leftSeed, product(rightSeed, vector))
  }

  /// The entry at a place of a factor.
  private static func entry(_ place: Int, _ seed: UInt32) -> Int {
    Int((UInt32(truncatingIfNeeded: place) &* 2_654_435_761 &+ seed) >> 29) - 4
  }

  /// What is wrong with a product, its cells in 32 bits of floating point; nil where it is right.
  func fault(in product: [UInt8]) -> String? {
    let side = vector.count
    for row in 0..<side {
      var found = 0.0
      for column in 0..<side {
        let bits = Words.uint32(product, at: (row * side + column) * 4)
        found += Double(Float(bitPattern: bits)) * Double(vector[column])
      }
      guard found == Double(wanted[row]) else { return "row \(row) of the product is wrong" }
    }
    return nil
  }
}
