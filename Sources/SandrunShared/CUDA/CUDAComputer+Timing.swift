public import Computing

extension CUDAComputer {
  /// The corresponding C functions are `cuLaunchKernel` and `cuEventElapsedTime`.
  ///
  /// A kernel's first run is not held: the driver may load it only then, and wait with that for the kernel that holds the stream.
  public func time(
    _ launches: [Launch<CUDAMemory, CUDAObject>]
  ) throws(ComputeError) -> Double {
    guard !launches.isEmpty else { return 0 }
    guard launches.count <= queueLimit else {
      throw .call("\(launches.count) launches do not fit the queue")
    }
    try context.enter()
    let isHeld = launches.allSatisfy { $0.kernel.hasRun }
    let seconds = try timed(held: isHeld) { () throws(ComputeError) in
      for launch in launches {
        try context.launch(
          launch.kernel, groups: launch.groups, groupSize: launch.groupSize,
          launch.arguments.map { argument in
            switch argument {
            case .memory(let memory): memory.address
            case .uint32(let value): UInt64(value)
            case .float(let value): UInt64(value.bitPattern)
            case .double(let value): value.bitPattern
            }
          }, on: stream)
      }
    }
    for launch in launches { launch.kernel.hasRun = true }
    return seconds
  }

  /// The corresponding C function is `cuMemHostAlloc`; memory that is not pinned is nobody's but the system's.
  public func allocateHost(_ byteCount: Int, pinned: Bool) throws(ComputeError) -> HostMemory {
    guard pinned else { return HostMemory(pageable: byteCount) }
    try context.enter()
    return try context.pinned(byteCount)
  }

  /// The corresponding C functions are `cuMemcpyHtoDAsync` and `cuMemcpyDtoHAsync`; a lane has a stream.
  ///
  /// The driver itself moves pageable memory, and returns only then: a stream that is held would hold it up for good. Such copies are
  /// timed as they are queued.
  public func time(lanes: [[Transfer<CUDAMemory>]]) throws(ComputeError) -> Double {
    guard lanes.contains(where: { !$0.isEmpty }) else { return 0 }
    guard lanes.count <= 2 else { throw .unsupported("there are two lanes, and no more") }
    try context.enter()
    let isHeld = lanes.joined().allSatisfy { $0.host.isPinned }
    let second = lanes.count == 2 ? try second() : nil
    let (begun, over) = (try event(), try event())
    return try timed(held: isHeld) { () throws(ComputeError) in
      if let second {
        // The second stream begins where the first does, and the first ends where both have.
        try record(begun, on: stream)
        try wait(for: begun, on: second)
      }
      // In turn, so that where the driver copies by itself neither way is left to the end.
      for index in 0..<(lanes.map(\.count).max() ?? 0) {
        for (lane, stream) in zip(lanes, [stream, second ?? stream]) where index < lane.count {
          try copy(lane[index], on: stream)
        }
      }
      if let second {
        try record(over, on: second)
        try wait(for: over, on: stream)
      }
    }
  }

  private func second() throws(ComputeError) -> CUDAObject {
    if let secondStream { return secondStream }
    let second = try Self.stream(context)
    secondStream = second
    return second
  }

  private func copy(
    _ transfer: Transfer<CUDAMemory>, on stream: CUDAObject
  ) throws(ComputeError) {
    let (host, memory) = (transfer.host, transfer.memory)
    switch transfer.direction {
    case .toDevice:
      try calls.check(
        unsafe calls.copyUp(memory.address, host.address, host.byteCount, stream.handle),
        "cuMemcpyHtoDAsync")
    case .fromDevice:
      try calls.check(
        unsafe calls.copyDown(host.address, memory.address, host.byteCount, stream.handle),
        "cuMemcpyDtoHAsync")
    }
  }

  // MARK: Events

  /// Queues work between two events, behind the gate where it is held, and gives the seconds between them.
  ///
  /// Where the gate gives up, it is used no more, and a note says so.
  func timed(
    held: Bool, _ enqueue: () throws(ComputeError) -> Void
  ) throws(ComputeError) -> Double {
    let (start, end) = (try event(), try event())
    let held = held && notes.isEmpty
    var failure: ComputeError?
    do throws(ComputeError) {
      if held { try gate.close(stream) }
      try record(start, on: stream)
      try enqueue()
      try record(end, on: stream)
    } catch { failure = error }
    // Whatever failed, what is queued must be let go, and be over before its memory is given back.
    gate.open()
    let finished = unsafe calls.synchronise(stream.handle)
    let alsoFinished = secondStream.map { stream in unsafe calls.synchronise(stream.handle) }
    if let failure { throw failure }
    try calls.check(finished, "cuStreamSynchronize")
    try calls.check(alsoFinished ?? 0, "cuStreamSynchronize")
    if held, gate.hasGivenUp { notes.append(CUDAGate.surrender) }
    var milliseconds: Float = 0
    try calls.check(
      unsafe calls.elapsedTime(&milliseconds, start.handle, end.handle), "cuEventElapsedTime")
    guard milliseconds.isFinite, milliseconds > 0 else {
      throw .call("the device's clock stands still")
    }
    return Double(milliseconds) / 1e3
  }

  func event() throws(ComputeError) -> CUDAObject {
    var handle: CUDACalls.Handle?
    try calls.check(unsafe calls.createEvent(&handle, 0), "cuEventCreate")
    return unsafe try CUDAObject(
      handle, "cuEventCreate", in: context, release: calls.destroyEvent)
  }

  func record(_ event: CUDAObject, on stream: CUDAObject) throws(ComputeError) {
    try calls.check(unsafe calls.recordEvent(event.handle, stream.handle), "cuEventRecord")
  }

  func wait(for event: CUDAObject, on stream: CUDAObject) throws(ComputeError) {
    try calls.check(
      unsafe calls.waitEvent(stream.handle, event.handle, 0), "cuStreamWaitEvent")
  }
}
