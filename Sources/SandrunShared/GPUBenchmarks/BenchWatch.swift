internal import Dispatch
public import GPUs
public import Records
internal import Synchronization

/// Watches a GPU while it is measured: what holds of it in the midst of the work that is timed, and not while the host has its turn.
public final class BenchWatch: Sendable {
  private struct State {
    var looks: [Facts] = []
    /// Which run is under way; nil between two.
    var run: Int?
    var runs = 0
    var lastLook = -1.0
    var energy = EnergyMeter()
    /// Why there is no energy.
    var silence: Unanswered?
    var isOver = false
  }

  /// Seconds between two looks, and between two times of asking whether a run is under way.
  private static let (interval, tick) = (0.1, 0.01)
  /// Enough for what a test may take; a longer one forgets the middle no more than the rest.
  private static let most = 4096

  private let look: @Sendable () -> Facts?
  private let energy: @Sendable () -> Result<Int, Unanswered>
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let queue = DispatchQueue(label: "sandrun.bench-watch")
  private let state = Mutex(State())

  /// Begins to watch one GPU, by its index.
  public convenience init(
    _ watcher: GPUWatcher, _ index: Int, now: @escaping @Sendable () -> Timestamp
  ) {
    self.init(
      look: { watcher.facts(of: index, at: now()) },
      energy: { Result { () throws(Unanswered) in try watcher.energy(of: index) } })
  }

  init(
    look: @escaping @Sendable () -> Facts?,
    energy: @escaping @Sendable () -> Result<Int, Unanswered>
  ) {
    (self.look, self.energy) = (look, energy)
    start = clock.now
    wait()
  }

  private var seconds: Double { (clock.now - start) / .seconds(1) }

  private func wait() {
    queue.asyncAfter(deadline: .now() + Self.tick) { [weak self] in
      guard let self, !self.state.withLock({ $0.isOver }) else { return }
      self.takeInTheMidst()
      self.wait()
    }
  }

  // MARK: The runs

  /// A run that counts is about to begin.
  func runBegins() {
    if state.withLock({ $0.runs == 0 }) { takeEnergy() }
    state.withLock { state in
      state.runs += 1
      state.run = state.runs
    }
  }

  /// It is over; where none took long enough to be looked at, the moment right behind it is the nearest.
  func runEnds() {
    let isBlind = state.withLock { state in
      state.run = nil
      return state.looks.isEmpty
    }
    takeEnergy()
    guard isBlind, let facts = look() else { return }
    state.withLock { $0.looks.append(facts) }
  }

  private func takeInTheMidst() {
    guard let run = state.withLock({ $0.run }) else { return }
    takeEnergy()
    let now = seconds
    guard state.withLock({ now - $0.lastLook >= Self.interval }), let facts = look() else { return }
    state.withLock { state in
      // What was over before the look was is no look at it.
      guard state.run == run, state.looks.count < Self.most else { return }
      state.looks.append(facts)
      state.lastLook = now
    }
  }

  private func takeEnergy() {
    guard state.withLock({ $0.silence == nil }) else { return }
    let answer = energy()
    let now = seconds
    state.withLock { state in
      switch answer {
      case .success(let energy):
        state.energy.take(EnergyMeter.Reading(seconds: now, millijoules: energy))
      case .failure(let silence): state.silence = silence
      }
    }
  }

  // MARK: What was seen

  /// Ends it, and tells what was seen: clocks in the middle, the mean power, the highest temperature, each reason to run slower.
  public func finish() -> Facts {
    let (looks, energy, silence) = state.withLock { state in
      state.isOver = true
      return (state.looks, state.energy, state.silence)
    }
    return Self.summary(looks, energy, silence)
  }

  static func summary(
    _ looks: [Facts], _ energy: EnergyMeter = EnergyMeter(), _ silence: Unanswered? = nil
  ) -> Facts {
    var summary = Facts()
    for name in ["clock", "memoryClock"] { summarise(looks, name, into: &summary) { $0 / 2 } }
    if silence == nil, let watts = energy.watts,
      let number = JSONNumber("\((watts * 1000).rounded() / 1000)")
    {
      summary.set("power", to: .number(number))
      summary.set("powerSource", to: "the energy drawn over the run, by NVML's counter")
    } else {
      summarise(looks, "power", into: &summary) { $0 / 2 }
      let reason = silence?.description ?? "the run was too short for the counter of energy"
      if let lack = summary.reasons["power"]?.string {
        summary.lack("powerSource", because: lack)
      } else {
        summary.set(
          "powerSource",
          to: .string("NVML's mean of about a second, in the middle of the run (\(reason))"))
      }
    }
    summarise(looks, "temperature", into: &summary) { $0 - 1 }
    let throttles = looks.compactMap { $0["throttle"]?.elements }
    guard !throttles.isEmpty else {
      summary.lack("throttle", because: lack(looks, "throttle"))
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

  private static func lack(_ looks: [Facts], _ name: String) -> String {
    looks.last?.reasons[name]?.string ?? "nothing was run"
  }

  /// One of the numbers that were seen, in their order: `place` tells which, of so many.
  private static func summarise(
    _ looks: [Facts], _ name: String, into summary: inout Facts, _ place: (Int) -> Int
  ) {
    let seen = looks.compactMap { look -> (value: Double, json: JSON)? in
      guard case .number(let number)? = look[name], let value = Double(number.description)
      else { return nil }
      return (value, look[name] ?? .null)
    }.sorted { $0.value < $1.value }
    guard !seen.isEmpty else {
      summary.lack(name, because: lack(looks, name))
      return
    }
    summary.set(name, to: seen[place(seen.count)].json)
  }
}
