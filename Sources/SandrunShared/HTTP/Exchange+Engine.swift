import Synchronization

/// The engine's side.
extension Exchange {
  /// What there is to send.
  enum Taken {
    case bytes(Int)
    /// The producer will say when there is more.
    case wait
    case end
    case failed(String)
  }

  /// Moves bytes of the producer's into the buffer.
  func take(into buffer: UnsafeMutableRawBufferPointer) -> Taken {
    let (taken, hasRoom) = state.withLock { state -> (Taken, Bool) in
      let count = min(buffer.count, state.outgoingCount)
      guard count > 0 else {
        switch state.outgoingEnd {
        case .complete: return (.end, false)
        case .failed(let reason): return (.failed(reason), false)
        case nil:
          state.isSendingPaused = true
          return (.wait, false)
        }
      }
      unsafe state.outgoing.withUnsafeBytes { bytes in
        unsafe buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[state.taken..<state.taken + count]))
      }
      let before = state.outgoingCount
      state.taken += count
      if state.outgoingCount == 0 {
        state.outgoing = []
        state.taken = 0
      }
      return (.bytes(count), before >= Self.bound && state.outgoingCount < Self.bound)
    }
    if hasRoom { wake() }
    return taken
  }

  /// Moves what was received to the caller, in no more memory than about twice its size; says whether it has enough for now.
  func deliver(_ bytes: inout [UInt8]) -> Bool {
    let isFull = state.withLock { state in
      if state.received.isEmpty && bytes.count >= bytes.capacity / 2 {
        swap(&state.received, &bytes)
      } else {
        state.received += bytes
      }
      state.isReceivingPaused = state.received.count >= 2 * Self.bound && state.end == nil
      return state.isReceivingPaused
    }
    bytes.removeAll(keepingCapacity: true)
    wake()
    return isFull
  }
}
