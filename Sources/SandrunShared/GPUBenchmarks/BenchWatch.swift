internal import Dispatch
public import GPUs
public import Records
internal import Synchronization

/// Watches a GPU while it is measured: what holds of it in the middle of the work, not before or after.
public final class BenchWatch: Sendable {
  private struct State {
    var looks: [Facts] = []
    var isOver = false
  }

  private static let interval = 0.1
  /// Enough for what a test may take; a longer one forgets the middle no more than the rest.
  private static let most = 4096

  private let watcher: GPUWatcher
  private let index: Int
  private let now: @Sendable () -> Timestamp
  private let queue = DispatchQueue(label: "sandrun.bench-watch")
  private let state = Mutex(State())

  /// Begins to watch one GPU, by its index.
  public init(_ watcher: GPUWatcher, _ index: Int, now: @escaping @Sendable () -> Timestamp) {
    self.watcher = watcher
    self.index = index
    self.now = now
    look(in: Self.interval / 10)
  }

  private func look(in seconds: Double) {
    queue.asyncAfter(deadline: .now() + seconds) { [weak self] in
      guard let self, !self.state.withLock({ $0.isOver }) else { return }
      self.take()
      self.look(in: Self.interval)
    }
  }

  private func take() {
    guard let facts = watcher.facts(of: index, at: now()) else { return }
    state.withLock { if $0.looks.count < Self.most { $0.looks.append(facts) } }
  }

  /// Ends it, and tells what was seen: clocks and power in the middle, the highest temperature, each reason to run slower.
  public func finish() -> Facts {
    let isBlind = state.withLock { state in
      state.isOver = true
      return state.looks.isEmpty
    }
    // What was over before the first look is looked at now.
    if isBlind { take() }
    return Self.summary(state.withLock { $0.looks })
  }

  static func summary(_ looks: [Facts]) -> Facts {
    var summary = Facts()
    for name in ["clock", "memoryClock", "power", "temperature"] {
      let seen = looks.compactMap { look -> (value: Double, json: JSON)? in
        guard case .number(let number)? = look[name], let value = Double(number.description)
        else { return nil }
        return (value, look[name] ?? .null)
      }.sorted { $0.value < $1.value }
      guard !seen.isEmpty else {
        summary.lack(name, because: looks.last?.reasons[name]?.string ?? "nobody looked")
        continue
      }
      summary.set(
        name, to: seen[name == "temperature" ? seen.count - 1 : seen.count / 2].json)
    }
    let throttles = looks.compactMap { $0["throttle"]?.elements }
    guard !throttles.isEmpty else {
      summary.lack(
        "throttle", because: looks.last?.reasons["throttle"]?.string ?? "nobody looked")
      return summary
    }
    var reasons: [String] = []
    for case let reason? in throttles.joined().map(\.string)
    where reason != "idle" && !reasons.contains(reason) {
      reasons.append(reason)
    }
    summary.set("throttle", to: .array(reasons.map { .string($0) }))
    return summary
  }
}
