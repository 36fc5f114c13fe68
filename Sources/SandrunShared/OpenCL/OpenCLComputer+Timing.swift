public import Computing

extension OpenCLComputer {
  /// The corresponding C functions are `clEnqueueNDRangeKernel` and `clGetEventProfilingInfo`.
  ///
  /// The first launch waits for an event of ours, so that nothing begins before all is queued.
  public func time(
    _ launches: [Launch<OpenCLObject, OpenCLObject>]
  ) throws(ComputeError) -> Double {
    var status: Int32 = 0
    let made = unsafe functions.createUserEvent(context.address, &status)
    let gate = unsafe try Self.object(
      made, status, "clCreateUserEvent", owner: context, release: functions.releaseEvent)
    var events: [OpenCLObject] = []
    var failure: ComputeError?
    do throws(ComputeError) {
      for (index, launch) in launches.enumerated() {
        events.append(try enqueue(launch, behind: index == 0 ? gate : nil))
      }
      try check(unsafe functions.flush(queue.address), "clFlush")
    } catch { failure = error }
    // Whatever failed, what is queued must be let go: else the queue could never be finished.
    let opened = unsafe functions.setUserEvent(gate.address, 0)
    let finished = unsafe functions.finish(queue.address)
    if let failure { throw failure }
    try check(opened, "clSetUserEventStatus")
    try check(finished, "clFinish")
    guard let first = events.first, let last = events.last else { return 0 }
    // CL_PROFILING_COMMAND_START and CL_PROFILING_COMMAND_END, in nanoseconds.
    let start = try moment(0x1282, of: first)
    let end = try moment(0x1283, of: last)
    guard end > start else { throw .call("the device's clock stands still") }
    return Double(end - start) / 1e9
  }

  private func enqueue(
    _ launch: Launch<OpenCLObject, OpenCLObject>, behind gate: OpenCLObject?
  ) throws(ComputeError) -> OpenCLObject {
    for (index, argument) in launch.arguments.enumerated() {
      try set(argument, at: UInt32(index), of: launch.kernel)
    }
    var global = launch.groups * launch.groupSize
    var local = launch.groupSize
    var event: UnsafeMutableRawPointer?
    var wait: UnsafeMutableRawPointer? = unsafe gate?.address
    let status =
      gate == nil
      ? unsafe functions.enqueueKernel(
        queue.address, launch.kernel.address, 1, nil, &global, &local, 0, nil, &event)
      : unsafe functions.enqueueKernel(
        queue.address, launch.kernel.address, 1, nil, &global, &local, 1, &wait, &event)
    try check(status, "clEnqueueNDRangeKernel")
    guard let event = unsafe event else { throw .call("clEnqueueNDRangeKernel gave no event") }
    return unsafe OpenCLObject(event, owner: context, release: functions.releaseEvent)
  }

  private func set(
    _ argument: Launch<OpenCLObject, OpenCLObject>.Argument, at index: UInt32,
    of kernel: OpenCLObject
  ) throws(ComputeError) {
    let status: Int32
    switch argument {
    case .memory(let memory):
      var address: UnsafeMutableRawPointer? = unsafe memory.address
      status = unsafe functions.setArgument(
        kernel.address, index, MemoryLayout<UnsafeMutableRawPointer?>.size, &address)
    case .uint32(var value):
      status = unsafe functions.setArgument(kernel.address, index, 4, &value)
    case .float(var value):
      status = unsafe functions.setArgument(kernel.address, index, 4, &value)
    case .double(var value):
      status = unsafe functions.setArgument(kernel.address, index, 8, &value)
    }
    try check(status, "clSetKernelArg")
  }

  func moment(_ which: UInt32, of event: OpenCLObject) throws(ComputeError) -> UInt64 {
    var time: UInt64 = 0
    let status = unsafe functions.getProfile(event.address, which, 8, &time, nil)
    try check(status, "clGetEventProfilingInfo")
    return time
  }
}
