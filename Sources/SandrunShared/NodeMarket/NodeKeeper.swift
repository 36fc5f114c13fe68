public import Ethereum
internal import Hashing
internal import Marketplace
internal import MarketplaceClient
internal import NodeAPI
internal import NodeEngine
internal import Records
internal import Synchronization
internal import Timing

/// Takes part in a marketplace for a node: claims jobs, has them run, commits, opens, and moves on what nobody moves.
///
/// The chain is the truth. At each block it is looked at anew, and what is due is done: nothing is remembered of what was
/// sent but in the account's journal. What is the node's alone lies in the engine's database before it is committed to.
/// So it may be killed at any point.
public final class NodeKeeper: Sendable {
  let parts: Parts
  let options: Options
  /// The node's operator.
  public let account: Address
  let state = Mutex(State())
  let bell = Bell()

  struct State {
    /// The marketplace, once it was found.
    var market: Market?
    /// Jobs that the chain told of, and may be claimed.
    var candidates: [Digest32: Candidate] = [:]
    /// What is being done, by a name for it.
    var inHand: Set<String> = []
    /// What failed, and is not tried again before a moment.
    var resting: [String: Rest] = [:]
    /// What is owed to jobs, as the last look had it.
    var owed: [Digest32: Debt] = [:]
    /// Since which block openings of a job are allowed, as far as looks saw.
    var opened: [Digest32: UInt64] = [:]
    /// Since when something that anybody may do waits for somebody.
    var waiting: [String: ContinuousClock.Instant] = [:]
    /// Since when the chain does not know a job.
    var missing: [Digest32: ContinuousClock.Instant] = [:]
    /// No claim is made on a look before this block.
    var claimedIn: UInt64 = 0
    /// The trouble that people were told of last.
    var trouble: String?
    /// What people were told of once.
    var told: Set<String> = []
    /// When people were told last why a job is not taken, and how many others were not since.
    var refusals: (told: ContinuousClock.Instant?, others: Int) = (nil, 0)
    /// The place of the stream of posts, and what of it is kept.
    var place: (name: String, next: UInt64, kept: UInt64)?
    /// How often the chain was looked at, with an answer.
    var looks = 0
    var isDraining = false
    /// Whether the node leaves, and what waits for a claim is let go.
    var isLeaving = false
    var isEnded = false
  }

  /// A job that may be claimed.
  struct Candidate: Sendable {
    /// What the log of its post says is to be run; nil where it was told of by another.
    var content: JobContent?
    /// The terms under which it was found good; nil where it was not looked at, or was not good.
    var terms: JobTerms?
  }

  struct Rest: Sendable {
    var until: ContinuousClock.Instant
    var backoff: Backoff
  }

  /// Makes a keeper; throws where the account cannot be told.
  public init(_ parts: Parts, _ options: Options = Options()) {
    self.parts = parts
    self.options = options
    account = parts.signer.address
  }

  /// Takes part until `end`, or until the task is cancelled.
  public func run() async {
    let changes = parts.engine.escrowChanges
    await withDiscardingTaskGroup { group in
      group.addTask { await self.find() }
      group.addTask { for await _ in changes { self.bell.ring() } }
      var backoff = Backoff(base: .seconds(1), limit: .seconds(15))
      while !Task.isCancelled, !state.withLock({ $0.isEnded }) {
        var wait = options.interval
        do throws(Failure) {
          for task in try await look() {
            group.addTask {
              await self.perform(task)
              self.bell.ring()
            }
          }
          await keepPlace()
          backoff.reset()
          recover()
        } catch {
          tell(trouble: error)
          wait = max(wait, backoff.next())
        }
        await bell.wait(upTo: wait)
        // What rings many times at once is looked at once.
        try? await Task.sleep(for: .milliseconds(50))
      }
      group.cancelAll()
    }
  }

  /// Claims nothing more; what is owed is still done.
  public func drain() {
    state.withLock { $0.isDraining = true }
    bell.ring()
  }

  /// Claims nothing more, and ends `run` once nothing can be done now, or the time is up.
  ///
  /// What is still owed then is told to people, with its deadline.
  public func end(within time: Duration) async {
    drain()
    let deadline = ContinuousClock.now + time
    // Twice: what was over at the first look is sent at the second.
    var quiet = 0
    var seen = state.withLock { $0.looks }
    while ContinuousClock.now < deadline, quiet < 2, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(100))
      let (looks, isBusy) = state.withLock { state in
        (state.looks, !state.inHand.isEmpty || state.owed.values.contains(where: \.isDue))
      }
      guard looks != seen else { continue }
      seen = looks
      quiet = isBusy ? 0 : quiet + 1
    }
    close()
  }

  /// Claims nothing more, and returns once nothing is owed to any job; `end` ends it before.
  public func finish() async {
    state.withLock { $0.isLeaving = true }
    drain()
    var seen = state.withLock { $0.looks }
    var quiet = 0
    while quiet < 2, !Task.isCancelled, !state.withLock({ $0.isEnded }) {
      try? await Task.sleep(for: .milliseconds(200))
      let (looks, isBusy) = state.withLock { state in
        (state.looks, !state.inHand.isEmpty || !state.owed.isEmpty)
      }
      guard looks != seen else { continue }
      seen = looks
      quiet = isBusy ? 0 : quiet + 1
    }
  }

  private func close() {
    let owed = state.withLock { state in
      state.isEnded = true
      return state.owed.values.sorted { $0.deadline < $1.deadline }
    }
    for debt in owed { parts.note("\(debt): start the node again before that") }
    bell.ring()
  }

  // MARK: What people are told

  /// Tells of what keeps the chain from being looked at, once.
  private func tell(trouble failure: Failure) {
    guard !Task.isCancelled else { return }
    let isNew = state.withLock { state in
      defer { state.trouble = failure.code }
      return state.trouble != failure.code
    }
    if isNew {
      parts.note("\(failure.message); trying again")
    } else {
      parts.detail(failure.message)
    }
  }

  private func recover() {
    let wasTold = state.withLock { state in
      defer { state.trouble = nil }
      return state.trouble != nil
    }
    if wasTold { parts.note("the chain answers again") }
  }

  /// Tells people something that is true for long, once.
  func tellOnce(_ text: String) {
    if state.withLock({ $0.told.insert(text).inserted }) { parts.note(text) }
  }
}

/// What is owed to a job: the node's bond hangs on it.
struct Debt: Sendable, CustomStringConvertible {
  enum Kind: Sendable {
    case commitment, opening
  }

  var job: Digest32
  var kind: Kind
  /// The last second of block time; of an opening that is not allowed yet, the last as far as it is known.
  var deadline: UInt64
  /// Whether it can be done now.
  var isDue: Bool

  var description: String {
    let time = Timestamp(seconds: Int(clamping: deadline))
    switch kind {
    case .commitment: return "job \(job) wants a commitment until \(time)"
    case .opening:
      return isDue
        ? "job \(job) wants its commitment opened until \(time)"
        : "job \(job) wants its commitment opened, until \(time) at the latest"
    }
  }
}
