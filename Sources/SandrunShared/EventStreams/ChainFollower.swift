internal import Commands
internal import EthereumRPC
internal import Records
internal import Timing

/// One run of a stream: where it stands, and what it does about the node's errors.
final class ChainFollower {
  /// What one look at the chain brought.
  enum Outcome {
    /// The last block is written.
    case done
    /// There is more at hand.
    case again
    /// All that there is for now is written.
    case idle
    /// The chain changed while it was looked at, or two answers are of two nodes: it is looked at again.
    case moved(RPCError?)
  }

  /// Why a look at the chain brought nothing.
  enum Trouble: Error {
    /// The node gave no good answer.
    case node(RPCError)
    /// Nothing that waiting mends.
    case final(Failure)
  }

  /// An answer that cannot be is asked for again so often.
  private static let patienceWithLies = 5
  /// A chain that moves under the eyes is looked at again so often before that is an error.
  private static let patienceWithMoves = 8
  /// A stream that does not follow waits for a head that went down so often.
  private static let patienceWithHead = 20

  let stream: EventStream
  var position: EventPosition
  var size = LogRangeSize()
  /// The last block, once it is known.
  var end: UInt64?
  /// The waits between refusals of ranges.
  var busy = Backoff(base: .milliseconds(100), limit: .seconds(5))
  private var backoff: Backoff
  private var isLost = false
  private var lies = 0
  private var moves = 0
  private var rests = 0

  init(_ stream: EventStream, _ position: EventPosition) {
    self.stream = stream
    self.position = position
    backoff = stream.options.backoff
    end = stream.options.follows ? stream.options.end : nil
  }

  /// Looks at the chain again and again, until the last block is written.
  func run() async throws(Failure) {
    while true {
      let outcome: Outcome
      do throws(Trouble) {
        if isLost { try await checkChain() }
        outcome = try await advance()
      } catch {
        switch error {
        case .final(let failure): throw failure
        case .node(let error): try await endure(error)
        }
        continue
      }
      switch outcome {
      case .done: return
      case .again: isBack()
      case .idle:
        isBack()
        try await rest()
      case .moved(let error):
        try await look(again: error)
      }
      if Task.isCancelled { throw .interrupted }
    }
  }

  // MARK: Waiting

  /// Takes note that the node gave what the stream was waiting for: patience begins anew.
  private func isBack() {
    if isLost {
      let client = stream.reader.client
      // Of several, those that were away are not known.
      stream.world.note(
        client.endpoints.count > 1 ? "the endpoints answer again" : "\(client.name) is back")
    }
    backoff.reset()
    (isLost, lies, moves) = (false, 0, 0)
  }

  /// Waits for something new.
  private func rest() async throws(Failure) {
    if !stream.options.follows {
      rests += 1
      guard rests <= Self.patienceWithHead else {
        throw Failure(
          .temporary,
          "the node does not have block \(position.next), which its head was above: it lags, or its head went down",
          code: "head-down")
      }
    }
    try stream.sink.rest()
    await stream.signal.wait()
  }

  /// Waits a little for a chain that moved.
  private func look(again error: RPCError?) async throws(Failure) {
    moves += 1
    guard moves <= Self.patienceWithMoves else {
      moves = 0
      if let error { return try await endure(error) }
      // A node that lags behind the one that told the head.
      return try await rest()
    }
    try await pause(.milliseconds(25) * (1 << moves))
  }

  /// Waits after an error of the node; throws it where waiting is of no use.
  private func endure(_ error: RPCError) async throws(Failure) {
    let failure = Failure(error)
    if Task.isCancelled || failure.code == Failure.interrupted.code { throw .interrupted }
    guard stream.options.follows, mayPass(error) else { throw failure }
    let wait = backoff.next()
    let seconds = JSONNumber(.milliseconds(Int(wait / .milliseconds(1))))
    let message = "\(failure.message); trying again in \(seconds)s"
    // Said once, not at every try of a long night.
    if isLost { stream.world.detail(message) } else { stream.world.note(message) }
    isLost = true
    try stream.sink.rest()
    try await pause(wait)
  }

  /// Whether an error may pass with time.
  private func mayPass(_ error: RPCError) -> Bool {
    if error.isLie { lies += 1 }
    return !error.isPermanent && lies < Self.patienceWithLies
  }

  func pause(_ time: Duration) async throws(Failure) {
    do { try await Task.sleep(for: time) } catch { throw .interrupted }
  }

  // MARK: Writing

  /// Hands on a step; the position moves once it is taken.
  func take(_ step: EventStep) throws(Trouble) {
    var after = position
    do throws(EventFlaw) { try after.take(step.change, limit: stream.options.window) } catch {
      throw .final(Failure(.internalError, "\(error)"))
    }
    do throws(Failure) { try stream.sink.take(step, after) } catch { throw .final(error) }
    position = after
    isBack()
  }

  /// Asks the node.
  func ask<Value>(
    _ question: () async throws(RPCError) -> Value
  ) async throws(Trouble) -> Value {
    do throws(RPCError) { return try await question() } catch { throw .node(error) }
  }
}
