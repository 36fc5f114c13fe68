internal import Commands
internal import HTTPTypes
internal import NodeAPI
public import Records

extension Nodes {
  /// Brings a record's `run` up to date; of several nodes one that gives no answer is told of, and stays as it was.
  public func refresh(_ input: Record) async throws(Failure) -> Record {
    let (record, references) = try await submitted(input)
    return try note(
      try await each(references) { reference throws(Failure) in
        try await self.status(of: reference)
      }, in: record)
  }

  /// Asks the nodes to end a job; the record tells where it stands then.
  ///
  /// A job in escrow is no node's to end: 65.
  public func cancel(_ input: Record) async throws(Failure) -> Record {
    let (record, references) = try await submitted(input)
    guard !record.has("escrow") else {
      throw Failure(
        .data, "the job is in escrow, and those who claim it are bound to it", code: "in-escrow",
        hint: "where no quorum comes about in time, 'sr-chain refund' gives the payment back")
    }
    return try note(
      try await each(references) { reference throws(Failure) in
        // Ended twice is ended: this may be repeated.
        _ = try await self.json(
          .post, reference.endpoint.url("cancel", "\(reference.id)"), isRepeatable: true,
          about: reference)
        return try await self.status(of: reference)
      }, in: record)
  }

  /// Asks all nodes of a job the same; of several, those that give no answer are told of, unless none does.
  private func each(
    _ references: [JobReference],
    _ ask: @escaping @Sendable (JobReference) async throws(Failure) -> JobStatus
  ) async throws(Failure) -> [(JobReference, JobStatus)] {
    let answers = await bounded(references) { reference throws(Failure) in try await ask(reference)
    }
    var found: [(JobReference, JobStatus)] = []
    var first: Failure?
    for (reference, answer) in zip(references, answers) {
      do throws(Failure) { found.append((reference, try answer.get())) } catch {
        if references.count > 1 { world.note(error.message) }
        first = first ?? error
      }
    }
    if found.isEmpty, let first { throw first }
    return found
  }

  /// Does the same for several things, a few at once; the answers in the things' order.
  package func bounded<Item: Sendable, Value: Sendable>(
    _ items: [Item], _ work: @escaping @Sendable (Item) async throws(Failure) -> Value
  ) async -> [Result<Value, Failure>] {
    await withTaskGroup(of: (Int, Result<Value, Failure>).self) { group in
      var answers: [Int: Result<Value, Failure>] = [:]
      for (place, item) in items.enumerated() {
        if place >= Self.breadth, let (done, answer) = await group.next() { answers[done] = answer }
        group.addTask {
          do throws(Failure) { return (place, .success(try await work(item))) } catch {
            return (place, .failure(error))
          }
        }
      }
      for await (done, answer) in group { answers[done] = answer }
      return items.indices.map { answers[$0] ?? .failure(.interrupted) }
    }
  }

  /// Puts what nodes say of a job into `run`, and writes it down where the job was submitted from here.
  func note(
    _ found: [(JobReference, JobStatus)], in record: Record
  ) throws(Failure) -> Record {
    var elements = (try record.object("run")?["nodes"]?.elements ?? []).compactMap(\.object)
    for (reference, status) in found {
      guard status.id == reference.id else {
        throw Failure(
          .protocolViolation,
          "\(reference.endpoint) answers for job \(status.id) where \(reference.id) was asked for",
          code: "node-lies")
      }
      let place = elements.firstIndex { (try? JobReference(.object($0))) == reference }
      var node = reference.json
      node["status"] = .string(status.state.rawValue)
      node["position"] = status.position.map { .integer($0) }
      node["submittedAt"] = status.submittedAt.map { .string("\($0)") }
      node["startedAt"] = status.startedAt.map { .string("\($0)") }
      node["finishedAt"] = status.finishedAt.map { .string("\($0)") }
      if let place { elements[place] = node } else { elements.append(node) }
    }
    let updated = try record.settingRun(elements)
    if let first = found.first?.0, try submissions.find(first.id) != nil { keep(updated) }
    return updated
  }
}
