public import Computing

extension OpenCLComputer {
  /// Pinned memory is a buffer that the driver puts where the device reaches it, mapped.
  ///
  /// The corresponding C functions are `clCreateBuffer` with `CL_MEM_ALLOC_HOST_PTR`, and `clEnqueueMapBuffer`.
  public func allocateHost(_ byteCount: Int, pinned: Bool) throws(ComputeError) -> HostMemory {
    guard pinned else { return HostMemory(pageable: byteCount) }
    var status: Int32 = 0
    // CL_MEM_READ_WRITE, CL_MEM_ALLOC_HOST_PTR
    let made = unsafe functions.createBuffer(context.address, 1 | 16, byteCount, nil, &status)
    let buffer: OpenCLObject
    do throws(ComputeError) {
      buffer = unsafe try Self.object(
        made, status, "clCreateBuffer", owner: context, release: functions.releaseBuffer)
    } catch { throw .memory(byteCount, reason: error.description) }
    // CL_MAP_READ, CL_MAP_WRITE
    let mapped = unsafe functions.enqueueMap(
      queue.address, buffer.address, 1, 1 | 2, 0, byteCount, 0, nil, nil, &status)
    try check(status, "clEnqueueMapBuffer")
    guard let mapped = unsafe mapped else { throw .call("clEnqueueMapBuffer gave no memory") }
    return unsafe HostMemory(mapped, byteCount: byteCount) { [functions, queue] address in
      _ = unsafe functions.enqueueUnmap(queue.address, buffer.address, address, 0, nil, nil)
      _ = unsafe functions.finish(queue.address)
    }
  }

  /// The corresponding C functions are `clEnqueueWriteBuffer` and `clEnqueueReadBuffer`; a lane has a queue.
  ///
  /// A driver may move pageable memory itself, and return only then: copies that wait for an event of ours would wait for good. They are
  /// timed as they are queued.
  public func time(lanes: [[Transfer<OpenCLObject>]]) throws(ComputeError) -> Double {
    let isHeld = lanes.joined().allSatisfy { $0.host.isPinned }
    let gate = isHeld ? try self.gate() : nil
    let queues = try self.queues(lanes.count)
    var events: [OpenCLObject] = []
    var failure: ComputeError?
    do throws(ComputeError) {
      // In turn, so that where the driver copies by itself neither way is left to the end.
      for index in 0..<(lanes.map(\.count).max() ?? 0) {
        for (queue, lane) in zip(queues, lanes) where index < lane.count {
          events.append(try enqueue(lane[index], on: queue, behind: index == 0 ? gate : nil))
        }
      }
      for queue in queues { try check(unsafe functions.flush(queue.address), "clFlush") }
    } catch { failure = error }
    // As with kernels: what is queued must be let go.
    let opened = gate.map { gate in unsafe functions.setUserEvent(gate.address, 0) } ?? 0
    let finished = queues.map { queue in unsafe functions.finish(queue.address) }
    if let failure { throw failure }
    try check(opened, "clSetUserEventStatus")
    for status in finished { try check(status, "clFinish") }
    var (start, end): (UInt64, UInt64) = (.max, 0)
    for event in events {
      start = min(start, try moment(0x1282, of: event))
      end = max(end, try moment(0x1283, of: event))
    }
    guard end > start else { throw .call("the device's clock stands still") }
    return Double(end - start) / 1e9
  }

  private func gate() throws(ComputeError) -> OpenCLObject {
    var status: Int32 = 0
    let made = unsafe functions.createUserEvent(context.address, &status)
    return unsafe try Self.object(
      made, status, "clCreateUserEvent", owner: context, release: functions.releaseEvent)
  }

  private func queues(_ count: Int) throws(ComputeError) -> [OpenCLObject] {
    guard count > 1 else { return [queue] }
    guard count == 2 else { throw .unsupported("there are two lanes, and no more") }
    let second: OpenCLObject
    if let secondQueue { second = secondQueue } else { second = try Self.queue(device, context) }
    secondQueue = second
    return [queue, second]
  }

  private func enqueue(
    _ transfer: Transfer<OpenCLObject>, on queue: OpenCLObject, behind gate: OpenCLObject?
  ) throws(ComputeError) -> OpenCLObject {
    var event: UnsafeMutableRawPointer?
    var wait: UnsafeMutableRawPointer? = unsafe gate?.address
    let (host, memory) = (transfer.host, transfer.memory)
    let waits: UInt32 = gate == nil ? 0 : 1
    let status = unsafe withUnsafeMutablePointer(to: &wait) { wait in
      let list = gate == nil ? nil : unsafe wait
      switch transfer.direction {
      case .toDevice:
        return unsafe functions.enqueueWrite(
          queue.address, memory.address, 0, 0, host.byteCount, host.address, waits, list, &event)
      case .fromDevice:
        return unsafe functions.enqueueRead(
          queue.address, memory.address, 0, 0, host.byteCount, host.address, waits, list, &event)
      }
    }
    let call =
      transfer.direction == .toDevice ? "clEnqueueWriteBuffer" : "clEnqueueReadBuffer"
    try check(status, call)
    guard let event = unsafe event else { throw .call("\(call) gave no event") }
    return unsafe OpenCLObject(event, owner: context, release: functions.releaseEvent)
  }
}
