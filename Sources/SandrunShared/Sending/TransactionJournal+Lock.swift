internal import Dispatch
internal import Journals
internal import Records
internal import Synchronization

extension TransactionJournal {
  /// The lock is given up for a moment once it was held so long, so that others get it too.
  private static let holdLimit = Duration.seconds(1)
  /// Whoever is waited for is named after so long.
  private static let patience = Duration.seconds(2)

  // MARK: In this process

  func enter() async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isFree = state.withLock { state in
        guard state.isInTurn else {
          state.isInTurn = true
          return true
        }
        state.turns.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.turns.isEmpty else { return state.turns.removeFirst() }
      state.isInTurn = false
      state.unlockIfIdle()
      return nil
    }
    next?.resume()
  }

  // MARK: Among processes

  /// Takes the lock, waiting so long for whoever has it, and reads what others appended.
  func lock(within limit: Duration) async throws(Failure) {
    if state.withLock({ $0.isHeld(for: Self.holdLimit) }) { try await rest() }
    let start = ContinuousClock.now
    var isTold = false
    var longest = 4
    while try !tryLock() {
      if Task.isCancelled { throw .interrupted }
      guard lockedOut() < limit else { throw Failure(holding()) }
      // At random, so that many who wait do not come at once.
      try? await Task.sleep(for: .milliseconds(Int.random(in: 1...longest)))
      longest = min(longest * 2, 32)
      guard !isTold, .now - start > Self.patience else { continue }
      isTold = true
      tellHolder()
    }
    // What a process left that was killed is on disk before anybody acts upon it.
    if let number = state.withLock({ $0.issueForeign() }) { try await settle(number) }
  }

  private func tryLock() throws(Failure) -> Bool {
    do throws(JournalError) {
      return try state.withLock { state throws(JournalError) in
        if let failure = state.failure { throw failure }
        if state.file.isLocked { return true }
        guard try state.file.tryLock() else { return false }
        state.heldSince = .now
        state.locked = nil
        try state.read()
        return true
      }
    } catch {
      throw Failure(error)
    }
  }

  /// Gives up the lock for a moment, once all that was appended is on disk.
  private func rest() async throws(Failure) {
    try await settle(state.withLock { $0.issued })
    state.withLock { $0.unlock() }
    try? await Task.sleep(for: .milliseconds(Int.random(in: 30...40)))
  }

  /// For how long the lock was another's whenever somebody of this process tried it: those in a queue wait no longer than the first.
  private func lockedOut() -> Duration {
    state.withLock { state in
      let now = ContinuousClock.now
      let since = state.locked.flatMap { now - $0.last < .seconds(1) ? $0.since : nil } ?? now
      state.locked = (since, now)
      return now - since
    }
  }

  private func holding() -> JournalError {
    state.withLock { .locked($0.file.path, by: $0.file.holder) }
  }

  private func tellHolder() {
    let holder = state.withLock { $0.file.holder }
    detail(
      "waiting for \(holder.map { "process \($0)" } ?? "another process"), which is sending from \(sender)"
    )
  }

  // MARK: Commits

  /// Returns once all up to a commit is on disk: the first who waits does the sync for all that came so far.
  func settle(_ number: Int) async throws(Failure) {
    enum Step {
      case done
      case failed(JournalError)
      case wait
      case lead(JournalCommit, upTo: Int)
    }
    while true {
      let step = state.withLock { state -> Step in
        if let failure = state.failure { return .failed(failure) }
        if state.durable >= number { return .done }
        if state.isCommitting { return .wait }
        guard let commit = state.file.commit() else {
          state.durable = state.issued
          state.unlockIfIdle()
          return .done
        }
        state.isCommitting = true
        return .lead(commit, upTo: state.issued)
      }
      switch step {
      case .done: return
      case .failed(let error): throw Failure(error)
      case .wait: await waitForCommit()
      case .lead(let commit, let last):
        finish(commit, upTo: last, await Self.run(commit))
      }
    }
  }

  /// Runs a commit on a thread that may wait for a disk.
  private static func run(_ commit: JournalCommit) async -> JournalError? {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "journal").async {
        do throws(JournalError) {
          try commit.run()
          continuation.resume(returning: nil)
        } catch {
          continuation.resume(returning: error)
        }
      }
    }
  }

  private func finish(_ commit: JournalCommit, upTo last: Int, _ failure: JournalError?) {
    let waiters = state.withLock { state in
      state.isCommitting = false
      if let failure {
        // A disk that failed once may say at the next sync that all is well.
        state.failure = failure
      } else {
        state.file.finished(commit)
        state.durable = last
      }
      state.unlockIfIdle()
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  private func waitForCommit() async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isOver = state.withLock { state in
        guard state.isCommitting else { return true }
        state.waiters.append(continuation)
        return false
      }
      if isOver { continuation.resume() }
    }
  }
}

extension TransactionJournal.State {
  /// Whether the lock was held so long.
  func isHeld(for limit: Duration) -> Bool {
    guard file.isLocked, let heldSince else { return false }
    return .now - heldSince > limit
  }

  /// Lets go of the lock where nobody needs it.
  mutating func unlockIfIdle() {
    if !isInTurn, !isCommitting, durable == issued || failure != nil { unlock() }
  }

  mutating func unlock() {
    guard file.isLocked else { return }
    file.unlock()
    heldSince = nil
  }

  /// Has a commit made for what others signed and did not see to the end; nil where there is nothing of that.
  mutating func issueForeign() -> Int? {
    guard durable == issued, index.signedEnd > file.certainLength else { return nil }
    issued += 1
    return issued
  }

  /// Reads what others appended; what is damaged is not read again.
  mutating func read() throws(JournalError) {
    let path = file.path
    var reading = TransactionIndex()
    swap(&reading, &index)
    defer { swap(&reading, &index) }
    do throws(JournalError) {
      try file.read { (line) throws(JournalError) in
        do throws(TransactionLine.Unreadable) {
          try reading.apply(
            try TransactionLine(line.text),
            at: .init(offset: line.textOffset, count: line.text.count))
        } catch {
          throw .damaged(path, line.place, .content(error.reason))
        }
      }
    } catch {
      failure = error
      unlock()
      throw error
    }
  }
}
