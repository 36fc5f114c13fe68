internal import HTTP
internal import HTTPTypes
internal import Records
internal import Synchronization

extension EthereumClient.Endpoint {
  /// So many single calls are on their way at once, where a node takes no batches.
  private static let breadth = 8

  /// Sends a batch, or its calls one by one where the node takes no batches.
  func exchange(
    _ requests: [RPCRequest], until deadline: ContinuousClock.Instant?
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    guard requests.count > 1 else {
      return requests.isEmpty ? [] : [try await single(requests[0], until: deadline)]
    }
    if state.withLock({ $0.takesBatches }),
      let results = try await whole(requests, until: deadline)
    {
      return results
    }
    return try await oneByOne(requests, until: deadline)
  }

  /// A batch in one round trip; nil where the node refuses it as a batch.
  private func whole(
    _ requests: [RPCRequest], until deadline: ContinuousClock.Instant?
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>]? {
    let first = ids(requests.count)
    let body = JSON.array(requests.enumerated().map { $1.json(id: first + $0) })
    let answer: JSON
    do throws(RPCError) {
      answer = try await send(
        body, isRepeatable: requests.allSatisfy(\.isRepeatable), until: deadline)
    } catch {
      guard case .http(let http) = error, case .status(let refusal) = http.cause,
        [400, 404, 405, 413, 415, 422, 501].contains(refusal.status),
        requests.allSatisfy(\.isRepeatable)
      else { throw error }
      return nil
    }
    // Said of the batch as a whole, so that none of its calls was made.
    if RPCAnswer.refusesBatch(answer, of: requests.count) {
      state.withLock { $0.takesBatches = false }
      return nil
    }
    do { return try RPCAnswer.results(answer, to: requests, first: first) } catch {
      throw .malformed(url: name, reason: error.reason)
    }
  }

  private func oneByOne(
    _ requests: [RPCRequest], until deadline: ContinuousClock.Instant?
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    typealias Outcome = (index: Int, result: Result<Result<JSON, RPCFailure>, RPCError>)
    let outcomes = await withTaskGroup(of: Outcome.self) { group -> [Outcome] in
      var outcomes: [Outcome] = []
      for index in requests.indices {
        if index >= Self.breadth, let done = await group.next() {
          outcomes.append(done)
          if case .failure = done.result { break }
        }
        group.addTask {
          do throws(RPCError) {
            return (index, .success(try await self.single(requests[index], until: deadline)))
          } catch {
            return (index, .failure(error))
          }
        }
      }
      for await done in group {
        if case .failure = done.result { group.cancelAll() }
        outcomes.append(done)
      }
      return outcomes
    }
    // What failed first, not what was cancelled for it.
    for outcome in outcomes { if case .failure(let error) = outcome.result { throw error } }
    return try outcomes.sorted { $0.index < $1.index }.map { (outcome) throws(RPCError) in
      try outcome.result.get()
    }
  }

  private func single(
    _ request: RPCRequest, until deadline: ContinuousClock.Instant?
  ) async throws(RPCError) -> Result<JSON, RPCFailure> {
    let id = ids(1)
    let answer: JSON
    do throws(RPCError) {
      answer = try await send(
        request.json(id: id), isRepeatable: request.isRepeatable, until: deadline)
    } catch {
      if let refusal = Self.refusal(in: error, of: request, id: id) { return .failure(refusal) }
      throw error
    }
    do { return try RPCAnswer.result(answer, to: request, id: id) } catch {
      throw .malformed(url: name, reason: error.reason)
    }
  }

  /// Some nodes give their refusals an HTTP status as well.
  private static func refusal(
    in error: RPCError, of request: RPCRequest, id: Int
  ) -> RPCFailure? {
    guard case .http(let http) = error, case .status(let answer) = http.cause,
      ![401, 403, 407, 429, 503].contains(answer.status),
      let body = try? JSON(parsing: answer.body),
      case .failure(let refusal)? = try? RPCAnswer.result(body, to: request, id: id)
    else { return nil }
    // Where the server says that it is ill itself, it is so whatever else it says; but some give reverts so.
    return answer.status < 500 || refusal.isRevert || refusal.isMissingMethod ? refusal : nil
  }

  private func ids(_ count: Int) -> Int {
    state.withLock { state in
      defer { state.nextId += count }
      return state.nextId
    }
  }

  private func send(
    _ body: JSON, isRepeatable: Bool, until deadline: ContinuousClock.Instant?
  ) async throws(RPCError) -> JSON {
    var call = HTTPCall(
      isRepeatable: isRepeatable,
      onRetry: { [name, onRetry] error, _, _ in onRetry("\(error.of(name)); trying again") })
    call.timeout = deadline.map { max($0 - .now, .milliseconds(1)) } ?? timeout
    let request = url.request(
      .post, [.contentType: "application/json", .accept: "application/json"])
    let bytes: [UInt8]
    do throws(HTTPError) {
      bytes = try await http.send(request, body: .bytes(body.bytes), call) {
        (answer) throws(HTTPError) in
        try await answer.checked().collect(limit: answerLimit)
      }
    } catch {
      throw .http(error.of(name))
    }
    do { return try JSON(parsing: bytes) } catch {
      throw .malformed(url: name, reason: Self.words(bytes, error))
    }
  }

  /// What came instead of JSON: its beginning, as far as it is text of one kind or another.
  private static func words(_ bytes: [UInt8], _ error: JSONError) -> String {
    guard !bytes.isEmpty else { return "an empty body" }
    let beginning = String(decoding: bytes.prefix(60), as: UTF8.self)
    return
      "no JSON (\(error.reasonText) at offset \(error.offset)), but \(bytes.count) bytes beginning with \(JSON.string(beginning).text)"
  }
}

extension HTTPError {
  /// The same error with the node's name for its address: a path may hold the key of a service.
  fileprivate func of(_ name: String) -> HTTPError {
    var copy = self
    copy.url = name
    return copy
  }
}
