internal import Computing

/// What holds a stream until all that is to be timed is queued: a kernel that looks at a word of the host's memory until it changes.
///
/// It gives up after ten seconds, so that a host that dies leaves no GPU behind that works for nothing, and says that it did.
@safe final class CUDAGate {
  private let context: CUDAContext
  private let kernel: CUDAObject
  private let words: HostMemory
  /// The same words, as the device sees them.
  private let address: UInt64

  static let program = """
    .version 6.4
    .target sm_70
    .address_size 64

    .visible .entry hold(.param .u64 p0)
    {
      .reg .pred %open, %early;
      .reg .u32 %word;
      .reg .u64 %at, %now, %end;
      ld.param.u64 %at, [p0];
      cvta.to.global.u64 %at, %at;
      mov.u64 %end, %globaltimer;
      add.u64 %end, %end, 10000000000;
    LOOK:
      ld.volatile.global.u32 %word, [%at];
      setp.ne.u32 %open, %word, 0;
      @%open bra DONE;
      mov.u64 %now, %globaltimer;
      setp.lt.u64 %early, %now, %end;
      @%early bra LOOK;
      mov.u32 %word, 1;
      st.volatile.global.u32 [%at + 4], %word;
    DONE:
      ret;
    }
    """

  init(_ context: CUDAContext) throws(ComputeError) {
    self.context = context
    let module = try CUDAModule.load(Self.program, named: "hold", in: context)
    kernel = try CUDAModule.kernel("hold", of: module, in: context)
    words = try context.pinned(8)
    var address: UInt64 = 0
    try context.calls.check(
      unsafe context.calls.hostAddress(&address, words.address, 0), "cuMemHostGetDevicePointer")
    self.address = address
  }

  /// Queues it; from here on the stream waits.
  func close(_ stream: CUDAObject) throws(ComputeError) {
    words.fill(0)
    try context.launch(kernel, groups: 1, groupSize: 1, [address], on: stream)
  }

  /// Lets the stream go.
  func open() { words.write([1, 0, 0, 0]) }

  /// Whether it gave up before it was opened: what was timed then was not queued as a whole.
  var hasGivenUp: Bool { !words.starts(with: [1, 0, 0, 0, 0, 0, 0, 0]) }

  /// What that means, for people.
  static let surrender =
    "launches are timed one by one: the kernel that holds the stream gave up after ten seconds, as under a debugger or a profiler that makes each launch wait for its end"
}

extension CUDAContext {
  /// Memory of the host that stays in its place; the corresponding C function is `cuMemHostAlloc`.
  func pinned(_ byteCount: Int) throws(ComputeError) -> HostMemory {
    var address: CUDACalls.Handle?
    do throws(ComputeError) {
      // CU_MEMHOSTALLOC_PORTABLE, CU_MEMHOSTALLOC_DEVICEMAP
      try calls.check(unsafe calls.allocateHost(&address, byteCount, 1 | 2), "cuMemHostAlloc")
    } catch { throw .memory(byteCount, reason: error.description) }
    guard let address = unsafe address else { throw .call("cuMemHostAlloc gave no memory") }
    return unsafe HostMemory(address, byteCount: byteCount) { [self] address in
      tryToEnter()
      _ = unsafe calls.freeHost(address)
    }
  }

  /// Queues a kernel with arguments of at most 8 bytes; the corresponding C function is `cuLaunchKernel`.
  func launch(
    _ kernel: CUDAObject, groups: Int, groupSize: Int, _ arguments: [UInt64],
    on stream: CUDAObject
  ) throws(ComputeError) {
    guard let groups = UInt32(exactly: groups), let groupSize = UInt32(exactly: groupSize) else {
      throw .call("a launch of \(groups) groups of \(groupSize)")
    }
    // Numbers are little-endian on both ends: a shorter one begins where the longer does.
    var values = arguments
    let status = unsafe values.withUnsafeMutableBufferPointer { values in
      var pointers: [UnsafeMutableRawPointer?] = unsafe values.indices.map { index in
        unsafe values.baseAddress.map { unsafe UnsafeMutableRawPointer($0 + index) }
      }
      return unsafe calls.launchKernel(
        kernel.handle, groups, 1, 1, groupSize, 1, 1, 0, stream.handle, &pointers, nil)
    }
    try calls.check(status, "cuLaunchKernel")
  }
}
