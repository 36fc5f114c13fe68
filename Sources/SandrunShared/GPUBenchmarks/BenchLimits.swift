/// What a measurement must know of a device to be fair to it.
public struct BenchLimits: Equatable, Sendable {
  /// Its memory, in bytes.
  public var memory: Int
  /// The largest single allocation, in bytes.
  public var allocation: Int
  /// The cache that all units share, in bytes.
  public var cache: Int
  /// How many compute units, or multiprocessors.
  public var units: Int
  /// The most work items in a group.
  public var groupSize: Int
  /// Whether it is the machine's own processor.
  public var isProcessor: Bool

  /// Makes it from its parts; what no device has is taken for the most or the least that one could.
  public init(
    memory: Int, allocation: Int, cache: Int, units: Int, groupSize: Int,
    isProcessor: Bool = false
  ) {
    func within(_ most: Int, _ number: Int) -> Int { max(0, min(number, most)) }
    self.memory = within(1 << 53, memory)
    self.allocation = within(1 << 53, allocation)
    self.cache = within(1 << 40, cache)
    self.units = within(1 << 16, units)
    self.groupSize = within(1 << 16, groupSize)
    self.isProcessor = isProcessor
  }

  /// Bytes that no cache holds, within what can be had three times over.
  ///
  /// Of a GPU 16 times the cache and 1 GiB at least: some tell OpenCL of a smaller cache than they share, and a launch must take so long
  /// that the time between two of them is nothing. Of a processor four times the cache and 64 MiB.
  var bufferLength: Int {
    let wanted = isProcessor ? max(64 << 20, 4 * cache) : max(1 << 30, 16 * cache)
    // Kernels count its vectors in 32 bits.
    let bound = min(allocation, memory / 8, 32 << 30)
    let step = 1 << 20
    return max(step, min(wanted + step - 1, bound)) / step * step
  }

  /// That a cache may answer in the memory's place: a buffer is less than so many times as large; nil where it is not.
  func shortfall(of length: Int, times factor: Int) -> String? {
    guard length < factor * cache else { return nil }
    return
      "a buffer of \(length) bytes is all that can be had, less than \(factor) times the cache of \(cache) bytes, which may answer in the memory's place"
  }

  /// Work items in a group.
  var itemsPerGroup: Int { max(1, min(256, groupSize)) }

  /// Groups enough to keep every unit busy.
  var groups: Int { max(1, units) * 16 }

  /// Work items of all groups together.
  var items: Int { groups * itemsPerGroup }

  /// Rows and columns of a matrix whose product takes a while, and no longer than that.
  var matrixSide: Int { units >= 16 ? 2048 : 256 }
}
