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

  /// Feeds every record to `process` and gives the status of the whole.
  ///
  /// `commit` runs before held output is written, so that a batch costs one sync; where it throws, the batch's records
  /// leave with that error instead.
  public func run(
    commit: (@Sendable () throws(Failure) -> Void)? = nil, _ process: @escaping Process
  ) async throws(Failure) -> Failure.Status {
    let output = PipelineOutput(
      world.output, isOrdered: !options.unordered, commit: commit,
      failed: { record, failure in
        world.report(failure)
        return passesFailuresOn ? line(failing(record, failure)) : []
      })
    let items = ItemReader(
      world: world, operands: operands, operandMember: operandMember,
      isNulSeparated: options.isNulSeparated)
    if options.jobs == 1 {
      try await runInTurn(items, output, process)
    } else {
      try await runTogether(items, output, process)
    }
    try output.flush()
    return output.status
  }

  private func runInTurn(
    _ items: ItemReader, _ output: PipelineOutput, _ process: Process
  ) async throws(Failure) {
    var slot = 0
    while !stops(output), let item = try items.next(idle: output.flush) {
      try await handle(item, Emitter(output: output, slot: slot, original: nil), process)
      try output.finish(slot: slot)
      slot += 1
    }
  }

  private enum Event: Sendable {
    case read(Result<Item?, Failure>)
    case handled(Result<Int, Failure>)
  }

  private func runTogether(
    _ items: ItemReader, _ output: PipelineOutput, _ process: @escaping Process
  ) async throws(Failure) {
    let outcome = await withTaskGroup(of: Event.self) { group -> Result<Void, Failure> in
      var slot = 0
      var inHand = 0
      var isReading = false
      var isAtEnd = false
      var firstFailure: Failure?
      while true {
        if !isReading, !isAtEnd, inHand < options.jobs, firstFailure == nil, !stops(output) {
          isReading = true
          group.addTask { .read(await items.nextInBackground(idle: output.flush)) }
        }
        guard isReading || inHand > 0, let event = await group.next() else { break }
        switch event {
        case .read(.success(let item?)):
          isReading = false
          inHand += 1
          let emitter = Emitter(output: output, slot: slot, original: nil)
          slot += 1
          group.addTask {
            do throws(Failure) {
              try await handle(item, emitter, process)
              try output.finish(slot: emitter.slot)
              // The reader may be waiting for input that is long in coming.
              try output.flush()
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
          firstFailure = firstFailure ?? failure
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
    switch item {
    case .unreadable(let failure):
      world.report(failure)
      emitter.note(failure.status, isFailure: true)
    case .record(let record):
      switch carriedError(of: record) {
      case .none: try await attempt(record, emitter, process)
      case .own: try await attempt(record.removing("error"), emitter, process)
      case .foreign(let status):
        emitter.note(status, isFailure: true)
        if passesFailuresOn { try emitter.write(line(record)) }
      }
    }
  }

  private func attempt(
    _ record: Record, _ emitter: Emitter, _ process: Process
  ) async throws(Failure) {
    let emitter = Emitter(output: emitter.output, slot: emitter.slot, original: record)
    do throws(Failure) {
      try await process(record, emitter)
    } catch {
      if error.isFatal { throw error }
      world.report(error)
      emitter.note(error.status, isFailure: true)
      if passesFailuresOn { try emitter.passOn(line(failing(record, error))) }
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
  }

  private func carriedError(of record: Record) -> CarriedError {
    guard record.has("error") else { return .none }
    guard let error = (try? record["error"])?.object, let status = error["status"]?.integer,
      (1...255).contains(status)
    else {
      // Whoever wrote this meant a failure, in words of his own.
      return .foreign(.data)
    }
    if error["retryable"] == true, error["tool"]?.string == world.tool,
      error["verb"]?.string == verb
    {
      return .own
    }
    return .foreign(Failure.Status(rawValue: Int32(status)))
  }
}
