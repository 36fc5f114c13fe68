import Dispatch
public import Records
import Synchronization

/// How far a verb's run has come: a line on a terminal, events for programs, or neither.
public final class Progress: Sendable {
  /// The verb's world: what is written in it first clears the line.
  public let world: World

  private struct State {
    var next = 0
    var steps: [Int: Step] = [:]
    /// What the records that are done have come to.
    var done = ProgressFigures()
    var rate = RateWindow()
    var isFinished = false
  }

  /// A record in hand.
  private struct Step {
    var operand: String
    var count: ProgressCount
    var rate: RateWindow
    var told: UInt64
  }

  private static let redrawInterval = 0.1
  private static let eventNanoseconds: UInt64 = 1_000_000_000

  private let verb: String
  private let bar: ProgressBar?
  private let events: ProgressEvents?
  private let queue = DispatchQueue(label: "sandrun.progress")
  private let state = Mutex(State())

  init(_ verb: String, in world: World, bar: ProgressBar?, _ events: ProgressEvents?) {
    self.verb = verb
    self.bar = bar
    self.events = events
    var world = world
    if let bar {
      world.errors = ClearingSink(world.errors, bar)
      if world.output.columns != nil { world.output = ClearingSink(world.output, bar) }
    }
    self.world = world
    guard isWatched else { return }
    state.withLock { $0.rate.note(0, at: DispatchTime.now().uptimeNanoseconds) }
    // A run that is over in no time shows nothing.
    tick(in: 2 * Self.redrawInterval)
  }

  private var isWatched: Bool { bar != nil || events != nil }

  /// Does the work of one record, which tells of itself by what it counts.
  public func following<Value>(
    _ record: Record, _ body: (ProgressCount) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let count = ProgressCount(isWatched: isWatched)
    let number = begin(record, count)
    do throws(Failure) {
      let value = try body(count)
      end(number, failed: false)
      return value
    } catch {
      end(number, failed: true)
      throw error
    }
  }

  /// Does the work of one record that waits for others.
  public func following<Value>(
    _ record: Record, _ body: (ProgressCount) async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let count = ProgressCount(isWatched: isWatched)
    let number = begin(record, count)
    do throws(Failure) {
      let value = try await body(count)
      end(number, failed: false)
      return value
    } catch {
      end(number, failed: true)
      throw error
    }
  }

  /// Ends the line and the events; nothing is shown from here on.
  public func finish() {
    state.withLock { $0.isFinished = true }
    bar?.close()
    events?.finish()
  }

  private func begin(_ record: Record, _ count: ProgressCount) -> Int? {
    guard isWatched else { return nil }
    let operand = Self.name(of: record)
    return state.withLock { state in
      let now = DispatchTime.now().uptimeNanoseconds
      state.next += 1
      var rate = RateWindow()
      rate.note(0, at: now)
      state.steps[state.next] = Step(operand: operand, count: count, rate: rate, told: now)
      events?.tell("start", verb, operand, count.figures, rate)
      return state.next
    }
  }

  /// What a record is known by: its operand, or its job's name.
  private static func name(of record: Record) -> String {
    for member in ["path", "cid"] {
      if let text = (try? record[member])?.string { return text }
    }
    return (try? record["job"])?["id"]?.string ?? ""
  }

  private func end(_ number: Int?, failed: Bool) {
    guard let number else { return }
    state.withLock { state in
      guard var step = state.steps.removeValue(forKey: number) else { return }
      let figures = step.count.figures
      step.rate.close(figures.bytes, at: DispatchTime.now().uptimeNanoseconds)
      events?.tell(failed ? "failed" : "end", verb, step.operand, figures, step.rate)
      // What is done needs no more than it came to.
      state.done.add(figures, total: figures.bytes)
      state.done.records += 1
    }
  }

  private func tick(in seconds: Double) {
    queue.asyncAfter(deadline: .now() + seconds) { [weak self] in
      guard let self, self.show() else { return }
      self.tick(in: Self.redrawInterval)
    }
  }

  /// Draws the line and tells what is due; false once all is over.
  private func show() -> Bool {
    guard let line = told() else { return false }
    // Nobody who works waits for the terminal.
    bar?.draw(line)
    return true
  }

  private func told() -> ProgressText? {
    state.withLock { state in
      guard !state.isFinished else { return nil }
      let now = DispatchTime.now().uptimeNanoseconds
      var sum = state.done
      for number in state.steps.keys.sorted() {
        guard var step = state.steps[number] else { continue }
        let figures = step.count.figures
        sum.add(figures, total: figures.total)
        if events != nil, now - step.told >= Self.eventNanoseconds {
          step.told = now
          step.rate.note(figures.bytes, at: now)
          events?.tell("progress", verb, step.operand, figures, step.rate)
          state.steps[number] = step
        }
      }
      state.rate.note(sum.bytes, at: now)
      return sum.line(verb, rate: state.rate.bytesPerSecond)
    }
  }
}

/// What the work on one record has come to; counted by any number of threads.
public final class ProgressCount: Sendable {
  private let bytes = Atomic(0)
  private let items = Atomic(0)
  private let total = Atomic(-1)

  private let isWatched: Bool

  init(isWatched: Bool) { self.isWatched = isWatched }

  /// Takes note of bytes that were dealt with, and of files, blocks or pins that are done.
  public func count(bytes count: Int, items: Int = 0) {
    bytes.add(count, ordering: .relaxed)
    if items != 0 { self.items.add(items, ordering: .relaxed) }
  }

  /// Says how many bytes there are in all, if anybody can tell; asked only where somebody wants to know.
  public func expect(_ total: () -> Int?) {
    guard isWatched, let total = total() else { return }
    self.total.store(total, ordering: .relaxed)
  }

  var figures: ProgressFigures {
    let total = total.load(ordering: .relaxed)
    return ProgressFigures(
      bytes: bytes.load(ordering: .relaxed), items: items.load(ordering: .relaxed),
      total: total < 0 ? nil : total)
  }
}
