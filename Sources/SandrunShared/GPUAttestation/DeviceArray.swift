internal import Computing
internal import Hashing

/// The array in a device's memory.
final class DeviceArray<Device: ComputeDevice>: FilledArray {
  /// Seconds by the device's clock that kernels ran.
  private(set) var seconds = 0.0

  private let device: Device
  private let shape: ArrayShape
  private let groupSize: Int
  private let isStopped: () -> Bool
  private let extend: Device.Kernel
  private let digest: Device.Kernel
  private let pick: Device.Kernel
  private let cells: Device.Memory
  private let key: Device.Memory
  /// Digests on their way up, of a chunk of cells and of half of it.
  private let scratch: (Device.Memory, Device.Memory)
  private let blocks: Device.Memory
  private let picked: Device.Memory
  private let chunk: Int

  /// What else it takes beside the array.
  static func overhead(of shape: ArrayShape) -> Int {
    min(shape.cells, 1 << 20) * 48 + shape.blocks * 32 + (1 << 20)
  }

  init(
    _ shape: ArrayShape, on device: Device, groupSize: Int, isStopped: @escaping () -> Bool
  ) throws(ComputeError) {
    self.device = device
    self.shape = shape
    self.groupSize = max(1, min(256, groupSize))
    self.isStopped = isStopped
    let program = ArrayKernels.program
    extend = try device.kernel("extend", of: program)
    digest = try device.kernel("digest", of: program)
    pick = try device.kernel("pick", of: program)
    chunk = min(shape.cells, 1 << 20)
    cells = try device.allocate(shape.byteCount)
    key = try device.allocate(32)
    scratch = (try device.allocate(chunk * 32), try device.allocate(chunk * 16))
    blocks = try device.allocate(shape.blocks * 32)
    picked = try device.allocate(ArrayShape.blockCells * ArrayCell.length)
  }

  /// A launch for each slice, each waited for, so that a request to stop is heard.
  func fill(pass: Int, key words: ArrayKey) throws(ProvingError) {
    try work { () throws(ComputeError) in try device.write(words.bytes, to: key) }
    for slice in 0..<ArrayShape.slices {
      try run([
        launch(
          extend, items: shape.lanes,
          [
            .memory(cells), .memory(key), .uint32(UInt32(shape.lanes)), .uint32(UInt32(shape.rows)),
            .uint32(UInt32(shape.sliceRows)), .uint32(UInt32(slice)), .uint32(UInt32(pass)),
          ])
      ])
    }
  }

  /// A chunk at a time, level by level, so that the digests of single cells need no room for all of them.
  func blockDigests() throws(ProvingError) -> [Digest32] {
    for first in stride(from: 0, to: shape.cells, by: chunk) {
      var count = min(chunk, shape.cells - first)
      var launches = [hash(to: scratch.0, from: cells, first: first, count: count, prefix: 0)]
      var (full, empty) = (scratch.0, scratch.1)
      let end = count / ArrayShape.blockCells
      while count > end {
        count /= 2
        let isLast = count == end
        launches.append(
          hash(
            to: isLast ? blocks : empty, at: isLast ? first / ArrayShape.blockCells : 0, from: full,
            count: count, prefix: 1))
        (full, empty) = (empty, full)
      }
      try run(launches)
    }
    let bytes = try work { () throws(ComputeError) in
      try device.read(shape.blocks * 32, from: blocks)
    }
    return stride(from: 0, to: bytes.count, by: 32).compactMap {
      try? Digest32(Array(bytes[$0..<$0 + 32]))
    }
  }

  func block(_ index: Int) throws(ProvingError) -> [UInt8] {
    try run([
      launch(
        pick, items: ArrayShape.blockCells,
        [
          .memory(picked), .memory(cells), .uint32(UInt32(index * ArrayShape.blockCells)),
          .uint32(UInt32(ArrayShape.blockCells)),
        ])
    ])
    return try work { () throws(ComputeError) in
      try device.read(ArrayShape.blockCells * ArrayCell.length, from: picked)
    }
  }

  // MARK: Launches

  private func hash(
    to: Device.Memory, at place: Int = 0, from: Device.Memory, first: Int = 0, count: Int,
    prefix: UInt32
  ) -> Launch<Device.Memory, Device.Kernel> {
    launch(
      digest, items: count,
      [
        .memory(to), .uint32(UInt32(place)), .memory(from), .uint32(UInt32(first)),
        .uint32(UInt32(count)), .uint32(prefix),
      ])
  }

  private func launch(
    _ kernel: Device.Kernel, items: Int,
    _ arguments: [Launch<Device.Memory, Device.Kernel>.Argument]
  ) -> Launch<Device.Memory, Device.Kernel> {
    Launch(
      kernel, groups: (items + groupSize - 1) / groupSize, groupSize: groupSize, arguments)
  }

  private func run(_ launches: [Launch<Device.Memory, Device.Kernel>]) throws(ProvingError) {
    guard !isStopped() else { throw .stopped }
    seconds += try work { () throws(ComputeError) in try device.time(launches) }
  }

  private func work<Value>(
    _ body: () throws(ComputeError) -> Value
  ) throws(ProvingError) -> Value {
    do throws(ComputeError) { return try body() } catch { throw .device(error) }
  }
}
