import Commands
import Records
import Sending

/// What `deploy --all` writes: four records, whose transactions no failure may hide.
struct MarketplaceOutput: Sendable {
  /// How it ended.
  struct End: Sendable {
    var records: [Record]
    /// Why nothing is registered; nil where all are.
    var failure: Failure?
    /// Whether no later run can make anything of these transactions.
    var isLost: Bool

    init(_ records: [Record], _ failure: Failure?, isLost: Bool = false) {
      (self.records, self.failure, self.isLost) = (records, failure, isLost)
    }
  }

  private let emitter: Emitter
  private let tool: String
  private let verb: String

  init(_ emitter: Emitter, tool: String, verb: String) {
    (self.emitter, self.tool, self.verb) = (emitter, tool, verb)
  }

  /// Writes the records of a series as it ended; where it failed, each carries the failure.
  func telling(
    _ series: TransactionSeries, _ finish: (TransactionSeries) async throws(Failure) -> End
  ) async throws(Failure) {
    let end: End
    do throws(Failure) { end = try await finish(series) } catch {
      // Nobody has the transactions any more, unless it was stopped.
      guard error.code == Failure.interrupted.code else { throw error }
      end = End(series.records, error)
    }
    for (index, record) in end.records.enumerated() {
      // What is not at its end is taken up by the next run, which then tells it.
      if end.failure == nil || end.isLost { emitter.whenWritten { series.tell(index) } }
      guard let failure = end.failure else {
        try emitter.emit(record)
        continue
      }
      if index == end.records.count - 1 {
        emitter.keep(record)
        throw failure
      }
      let failing = record.setting("error", to: failure.member(tool: tool, verb: verb))
      try emitter.emit(failing, status: failure.status)
    }
    try emitter.flush()
  }
}

extension [TransactionSeries.Outcome] {
  /// Why the contracts are not all there, and what of them is; nil where they are.
  func failure(hasID: Bool) -> Failure? {
    guard let first = first(where: { $0.failure != nil }), var failure = first.failure else {
      return nil
    }
    let there = filter { $0.receipt != nil && $0.failure == nil }.map(\.contract)
    failure.message = "\(first.contract): \(failure.message); nothing is registered"
    guard first.isLost else {
      failure.hint = "run it again: it goes on with these transactions"
      return failure
    }
    if !there.isEmpty {
      failure.message += "; \(there.joined(separator: ", ")) on the chain: of no use alone"
    }
    failure.hint =
      "run it again\(hasID ? " with another ID" : ""): it makes a new set of four"
    failure.isRetryable = false
    return failure
  }
}

extension TransactionSeries.Outcome {
  /// `NodeRegistry at 0x…`.
  fileprivate var contract: String {
    let contract = (try? record.object("contract")) ?? nil
    return "\(contract?["name"]?.string ?? "a contract") at \(contract?["address"]?.string ?? "")"
  }
}

extension Failure {
  /// The failure of what is on the chain already.
  var notRegistered: Failure {
    var failure = self
    failure.message = "\(message); all four contracts are on the chain, and none is registered"
    failure.hint = [hint, "run it again: it judges the same contracts anew"].compactMap(\.self)
      .joined(separator: "; ")
    return failure
  }

  /// The failure of a judgement, where the contracts were made of artefacts in a folder that somebody named.
  func blaming(_ folder: String?) -> Failure {
    guard let folder, status == .protocolViolation else { return self }
    var failure = self
    failure.hint = [hint, "an artefact in \(folder) may be another contract's"].compactMap(\.self)
      .joined(separator: "; ")
    return failure
  }
}
