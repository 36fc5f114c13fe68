public import Computing
internal import DynamicLibraries

/// Two GPUs each of which reaches the memory of the other.
@safe public final class CUDAPeers {
  private typealias CanAccess =
    @convention(c) (UnsafeMutablePointer<Int32>, Int32, Int32) -> Int32
  private typealias Enable = @convention(c) (CUDACalls.Handle, UInt32) -> Int32
  private typealias CopyPeer =
    @convention(c) (UInt64, CUDACalls.Handle, UInt64, CUDACalls.Handle, Int, CUDACalls.Handle) ->
    Int32

  /// A copy from the memory of one to that of the other.
  public struct Copy {
    let from: CUDAMemory
    let to: CUDAMemory
    let byteCount: Int

    /// Makes it from its parts.
    public init(from: CUDAMemory, to: CUDAMemory, byteCount: Int) {
      (self.from, self.to, self.byteCount) = (from, to, byteCount)
    }
  }

  private let first: CUDAComputer
  private let second: CUDAComputer
  private let copyPeer: CopyPeer
  private let disable: CUDACalls.OfHandle
  /// What is to be undone.
  private var enabled: [(CUDAContext, CUDAContext)] = []
  /// What is still missing of a copy is done with the first: it is not held.
  private var hasRun = false

  /// Lets each reach the other; the corresponding C functions are `cuDeviceCanAccessPeer` and `cuCtxEnablePeerAccess`.
  public init(_ first: CUDAComputer, _ second: CUDAComputer) throws(ComputeError) {
    (self.first, self.second) = (first, second)
    let library = first.device.functions.library
    let (canAccess, enable): (CanAccess, Enable)
    do throws(DynamicLibraryError) {
      unsafe canAccess = try library.function("cuDeviceCanAccessPeer", as: CanAccess.self)
      unsafe enable = try library.function("cuCtxEnablePeerAccess", as: Enable.self)
      unsafe copyPeer = try library.function("cuMemcpyPeerAsync", as: CopyPeer.self)
      unsafe disable = try library.function(
        "cuCtxDisablePeerAccess", as: CUDACalls.OfHandle.self)
    } catch { throw .call(error.description) }
    for (one, other) in [(first, second), (second, first)] {
      var can: Int32 = 0
      try one.calls.check(
        unsafe canAccess(&can, one.device.handle, other.device.handle), "cuDeviceCanAccessPeer")
      guard can != 0 else {
        throw .unsupported("one of the two cannot reach the memory of the other")
      }
    }
    for (one, other) in [(first, second), (second, first)] {
      try one.context.enter()
      let status = unsafe enable(other.context.handle, 0)
      switch status {
      // CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED
      case 704: break
      // CUDA_ERROR_PEER_ACCESS_UNSUPPORTED, CUDA_ERROR_TOO_MANY_PEERS
      case 217, 711:
        throw .unsupported("the driver lets no more GPUs reach each other: error \(status)")
      default:
        try one.calls.check(status, "cuCtxEnablePeerAccess")
        enabled.append((one.context, other.context))
      }
    }
  }

  deinit {
    for (one, other) in enabled {
      one.tryToEnter()
      _ = unsafe disable(other.handle)
    }
  }

  /// Copies so many times over from the first to the second, and at the same time back where it is told to, and gives the seconds from
  /// the start of the first copy to the end of the last, by the first one's clock.
  ///
  /// The corresponding C function is `cuMemcpyPeerAsync`.
  public func time(_ repeats: Int, there: Copy, back: Copy?) throws(ComputeError) -> Double {
    try second.context.enter()
    let over = try second.event()
    try first.context.enter()
    let begun = try first.event()
    let seconds: Double
    do throws(ComputeError) {
      seconds = try first.timed(held: hasRun) { () throws(ComputeError) in
        if back != nil {
          // The other stream begins where this does, and this ends where both have.
          try first.record(begun, on: first.stream)
          try second.wait(for: begun, on: second.stream)
        }
        for _ in 0..<repeats {
          try queue(there, from: first, to: second)
          if let back { try queue(back, from: second, to: first) }
        }
        if back != nil {
          try second.context.enter()
          try second.record(over, on: second.stream)
          try first.context.enter()
          try first.wait(for: over, on: first.stream)
        }
      }
    } catch {
      // What is queued must be over before its memory is given back.
      _ = unsafe second.calls.synchronise(second.stream.handle)
      throw error
    }
    try second.synchronise()
    hasRun = true
    return seconds
  }

  private func queue(
    _ copy: Copy, from: CUDAComputer, to: CUDAComputer
  ) throws(ComputeError) {
    try from.context.enter()
    try from.calls.check(
      unsafe copyPeer(
        copy.to.address, to.context.handle, copy.from.address, from.context.handle,
        copy.byteCount, from.stream.handle), "cuMemcpyPeerAsync")
    try first.context.enter()
  }
}
