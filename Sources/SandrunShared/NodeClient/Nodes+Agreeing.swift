internal import Commands
internal import Ethereum
internal import Hashing
internal import Marketplace
internal import NodeAPI
internal import Records

extension Nodes {
  /// Follows a job on several nodes, and takes what enough of them agree on.
  func wait(for record: Record, _ references: [JobReference]) async throws(Failure) -> Record {
    let needed = try Self.needed(of: references, for: record)
    let answers = await answers(of: references, to: record, needed: needed)
    if answers.isInterrupted {
      throw Failure(.temporary, "interrupted", code: "interrupted", isRetryable: true)
    }
    for failure in answers.failures { world.note(failure.message) }
    guard let agreed = answers.agreeing(needed) else { throw answers.disagreement(needed) }
    for other in answers.finished where other.job.resultHash != agreed[0].job.resultHash {
      world.note("\(other.name) is set aside: \(other.told), and \(agreed.count) others agree")
    }
    let done = try note(answers.finished.map { ($0.reference, $0.status) }, in: record)
    let whole = try await collect(agreed, for: done)
    if try submissions.find(references[0].id) != nil { keep(whole) }
    return whole
  }

  /// How many must agree: as the job says, and more than half of those that run it.
  private static func needed(
    of references: [JobReference], for record: Record
  ) throws(Failure) -> Int {
    guard let text = try record.object("job")?["consensus"]?.string, let quorum = Quorum(text)
    else {
      throw Failure(
        .data,
        "the record names \(references.count) nodes, and no job on which they must agree")
    }
    guard references.count >= quorum.agreeing else {
      throw Failure(
        .data, "the record names \(references.count) nodes, where \(quorum) must agree",
        code: "too-few-nodes")
    }
    return max(quorum.agreeing, references.count / 2 + 1)
  }

  /// Others than those that agree have as long again as these took, and this at least.
  private static let grace = Duration.seconds(10)

  private enum Event: Sendable {
    case finished(NodeAnswer)
    case failed(Failure)
    case enough
  }

  private func answers(
    of references: [JobReference], to record: Record, needed: Int
  ) async -> NodeAnswers {
    let start = ContinuousClock.now
    return await withTaskGroup(of: Event.self) { group in
      for (place, reference) in references.enumerated() {
        group.addTask {
          do throws(Failure) {
            let status = try await self.final(of: reference)
            let job = try FinishedJob(status, of: reference, submittedAs: record)
            return .finished(
              NodeAnswer(place: place, reference: reference, status: status, job: job))
          } catch { return .failed(error) }
        }
      }
      var answers = NodeAnswers()
      var missing = references.count
      var isEnough = false
      while missing > 0, let event = await group.next() {
        switch event {
        case .finished(let answer):
          answers.add(answer)
          missing -= 1
        case .failed(let failure):
          missing -= 1
          answers.isInterrupted = answers.isInterrupted || failure.code == "interrupted"
          answers.failures.append(failure)
        case .enough:
          world.note("\(missing) nodes are not waited for any longer: \(needed) agree")
          missing = 0
        }
        if !isEnough, missing > 0, answers.agreeing(needed) != nil {
          isEnough = true
          let rest = max(Self.grace, ContinuousClock.now - start)
          group.addTask {
            try? await Task.sleep(for: rest)
            return .enough
          }
        }
      }
      group.cancelAll()
      return answers
    }
  }

  /// The result and the proofs of nodes that agree, the content from whoever has it.
  private func collect(_ agreed: [NodeAnswer], for record: Record) async throws(Failure) -> Record {
    var first: Failure?
    var result: JSONObject?
    for answer in agreed {
      do throws(Failure) {
        try await fetchOutputs(of: answer.job, in: record, from: answer.reference.endpoint)
        result = answer.job.result
        break
      } catch {
        if error.code == "interrupted" { throw error }
        world.note(error.message)
        first = first ?? error
      }
    }
    guard let result else {
      throw Failure(
        first?.status ?? .unavailable,
        "\(agreed.count) nodes agree, and none gives its outputs: \(first?.message ?? "")",
        code: "outputs-missing", hint: "feed the record to 'sr-job wait' again", isRetryable: true)
    }
    var proofs: [JSON] = []
    for answer in agreed {
      do throws(Failure) {
        let found = try await proof(of: answer.job, from: answer.reference.endpoint)
        guard let found else {
          world.note("\(answer.name) has no proof of its result")
          continue
        }
        proofs.append(.object(found))
      } catch {
        if error.code == "interrupted" { throw error }
        world.note("the proof of \(answer.name) could not be had: \(error.message)")
        if let entry = answer.job.proof { proofs.append(.object(entry)) }
      }
    }
    return record.setting("result", to: .object(result)).setting("proofs", to: .array(proofs))
  }
}
