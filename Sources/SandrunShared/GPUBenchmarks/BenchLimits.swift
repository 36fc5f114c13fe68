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

  /// Makes it from its parts.
  public init(memory: Int, allocation: Int, cache: Int, units: Int, groupSize: Int) {
    self.memory = memory
    self.allocation = allocation
    self.cache = cache
    self.units = units
    self.groupSize = groupSize
  }

  /// Bytes that no cache holds: four times the cache and 64 MiB at least, within what can be had three times over.
  var bufferLength: Int {
    let wanted = max(64 << 20, 4 * cache)
    let bound = min(allocation, memory / 8)
    return max(1 << 20, min(wanted, bound)) & ~((1 << 20) - 1)
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
