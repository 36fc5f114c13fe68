public import Records
import Synchronization

/// A stream of records through one verb, by the rules of the design's section "the record".
///
/// Records and operands in; the verb's answers out, in the input's order; a failure rides along in `error`.
public struct Pipeline: Sendable {
  /// What a verb does with one record.
  public typealias Process = @Sendable (Record, Emitter) async throws(Failure) -> Void

  let world: World
  let verb: String
  let options: StreamOptions
  let operands: [String]
  let operandMember: String?
  /// Whether records that failed leave on stdout; not so where a verb writes raw bytes.
  public var passesFailuresOn = true
  /// Whether the verb is given records that failed in an earlier stage, too; else they leave as they came.
  public var takesFailures = false

  /// Feeds every record to `process` and gives the status of the whole.
  ///
  /// `commit` runs before held output is written, so that a batch costs one sync; where it throws, the batch's records
  /// leave with that error instead. `atEnd` runs once, behind the last record, where the input was read to its end: for
  /// a verb whose answer is to all records together.
  public func run(
    commit: (@Sendable () throws(Failure) -> Void)? = nil,
    atEnd: (@Sendable (Emitter) async throws(Failure) -> Void)? = nil, _ process: @escaping Process
  ) async throws(Failure) -> Failure.Status {
    if operands.isEmpty, world.input.kind == .terminal {
      world.note("reading from the terminal, a record or operand a line; Control-D ends it")
    }
    let output = PipelineOutput(
      world.output, isOrdered: !options.unordered, commit: commit,
      failed: { record, failure in
        world.report(failure)
        return passesFailuresOn ? line(failing(record, failure)) : []
      })
    let turns = Turns()
    let items = ItemReader(
      world: world, operands: operands, operandMember: operandMember,
      isNulSeparated: options.isNulSeparated)
    do throws(Failure) {
      // Bytes of two operands must not mix, so that raw output is made in turn.
      if options.jobs == 1 || !passesFailuresOn {
        try await runInTurn(items, output, turns, process)
      } else {
        try await runTogether(items, output, turns, process)
      }
      if let atEnd, !world.interruption.isRequested {
        try await atEnd(Emitter(output: output, turns: turns, slot: output.head, original: nil))
      }
    } catch {
      // What is done is done, whatever happened to the input; but nothing goes out where the output is gone.
      if !error.isFatal { try? output.flush() }
      throw error
    }
    try output.flush()
    return output.status
  }

  private func runInTurn(
    _ items: ItemReader, _ output: PipelineOutput, _ turns: Turns, _ process: Process
  ) async throws(Failure) {
    var slot = 0
    while !stops(output), let item = try next(items, output) {
      let emitter = Emitter(output: output, turns: turns, slot: slot, original: nil)
      try await handle(item, emitter, process)
      try output.finish(slot: slot)
      slot += 1
    }
  }

  /// The next item; none at the end of the input, or where a signal asked to stop.
  private func next(_ items: ItemReader, _ output: PipelineOutput) throws(Failure) -> Item? {
    do throws(Failure) {
      return try items.next(idle: output.flush)
    } catch {
      guard error == .interrupted else { throw error }
      return nil
    }
  }

  private enum Event: Sendable {
    case read(Result<Item?, Failure>)
    case handled(Result<Int, Failure>)
  }

  private func runTogether(
    _ items: ItemReader, _ output: PipelineOutput, _ turns: Turns, _ process: @escaping Process
  ) async throws(Failure) {
    let outcome = await withTaskGroup(of: Event.self) { group -> Result<Void, Failure> in
      var slot = 0
      var inHand = 0
      var isReading = false
      var isAtEnd = false
      var firstFailure: Failure?
      while true {
        let mayRead = !isAtEnd && firstFailure == nil && !stops(output)
        // In order, a record is in hand until it has left: what is done behind a slow one is held.
        let held = options.unordered ? inHand : slot - output.head
        if mayRead, !isReading, held < options.jobs {
          isReading = true
          group.addTask { .read(await items.nextInBackground(output)) }
        }
        if !mayRead, isReading { world.input.cancel() }
        guard isReading || inHand > 0, let event = await group.next() else { break }
        switch event {
        case .read(.success(let item?)):
          isReading = false
          // Read at the very moment that something else asked to stop: as good as not read.
          guard firstFailure == nil, !stops(output) else { continue }
          inHand += 1
          let emitter = Emitter(output: output, turns: turns, slot: slot, original: nil)
          slot += 1
          group.addTask {
            do throws(Failure) {
              try await handle(item, emitter, process)
              try output.finish(slot: emitter.slot)
              return .handled(.success(emitter.slot))
            } catch {
              return .handled(.failure(error))
            }
          }
        case .read(.success(nil)):
          isReading = false
          isAtEnd = true
        case .read(.failure(let failure)):
          isReading = false
          isAtEnd = true
          if failure != .interrupted { firstFailure = firstFailure ?? failure }
        case .handled(.success):
          inHand -= 1
        case .handled(.failure(let failure)):
          inHand -= 1
          firstFailure = firstFailure ?? failure
        }
      }
      return firstFailure.map { .failure($0) } ?? .success(())
    }
    try outcome.get()
  }

  private func stops(_ output: PipelineOutput) -> Bool {
    world.interruption.isRequested || options.failFast && output.status != .done
  }

  // MARK: One item

  private func handle(
    _ item: Item, _ emitter: Emitter, _ process: Process
  ) async throws(Failure) {
    defer { emitter.turns.finish(emitter.slot) }
    switch item {
    case .unreadable(let failure):
      world.report(failure)
      emitter.note(failure.status, isFailure: true)
    case .record(let record):
      let carried = carriedError(of: record)
      switch carried {
      case .none: try await attempt(record, emitter, process)
      case .own:
        try await attempt(record.removing("error"), emitter, process, isTakenUpAgain: true)
      case .foreign where takesFailures: try await attempt(record, emitter, process)
      case .foreign(let status):
        emitter.note(status, isFailure: true)
      case .malformed:
        world.report(Failure(.data, "the record's \"error\" is none that a tool of ours wrote"))
        emitter.note(.data, isFailure: true)
      }
      if carried.passes(takesFailures), passesFailuresOn { try emitter.write(line(record)) }
    }
  }

  private func attempt(
    _ record: Record, _ emitter: Emitter, _ process: Process, isTakenUpAgain: Bool = false
  ) async throws(Failure) {
    let emitter = Emitter(
      output: emitter.output, turns: emitter.turns, slot: emitter.slot, original: record,
      isTakenUpAgain: isTakenUpAgain)
    do throws(Failure) {
      try await process(record, emitter)
    } catch {
      if error.isFatal { throw error }
      world.report(error)
      emitter.note(error.status, isFailure: true)
      if passesFailuresOn { try emitter.passOn(line(failing(emitter.failing(record), error))) }
      if emitter.keeps { try emitter.flush() }
    }
  }

  private func failing(_ record: Record, _ failure: Failure) -> Record {
    record.setting("error", to: failure.member(tool: world.tool, verb: verb))
  }

  private func line(_ record: Record) -> [UInt8] { record.bytes + [UInt8(ascii: "\n")] }

  private enum CarriedError {
    case none
    case own
    case foreign(Failure.Status)
    case malformed

    /// Whether the record leaves untouched.
    func passes(_ takesFailures: Bool) -> Bool {
      switch self {
      case .none, .own: false
      case .foreign: !takesFailures
      case .malformed: true
      }
    }
  }

  private func carriedError(of record: Record) -> CarriedError {
    guard record.has("error") else { return .none }
    let value = try? record["error"]
    if value == .null { return .none }
    guard let error = value?.object, let status = error["status"]?.integer,
      (1...255).contains(status)
    else {
      return .malformed
    }
    if error["retryable"] == true, error["tool"]?.string == world.tool,
      error["verb"]?.string == verb
    {
      return .own
    }
    return .foreign(Failure.Status(rawValue: Int32(status)))
  }
}
