internal import Commands
internal import HTTP
internal import HTTPTypes
internal import NodeAPI
internal import Records

extension Nodes {
  /// An answer's JSON is at most so long: a status of 100,000 files.
  private static let longestAnswer = 64 << 20
  /// A small question is answered within this time, or not at all.
  private static let answerTime = Duration.seconds(60)

  /// Asks a node something whose answer is JSON.
  ///
  /// Its address was told by a stranger: no redirect is followed.
  func json(
    _ method: HTTPRequest.Method, _ url: HTTPURL, body: HTTPRequestBody = .none,
    headers: HTTPFields = [:], isRepeatable: Bool? = nil, about reference: JobReference?
  ) async throws(Failure) -> JSON {
    var call = HTTPCall(
      isRepeatable: isRepeatable, followsRedirects: false,
      onRetry: { [world] error, _, _ in
        world.detail("\(error); trying again")
      })
    // A large body takes the time that it takes, as long as it moves.
    let isLarge = body.length ?? .max > 1 << 20
    call.timeout = isLarge ? timeout : min(timeout ?? Self.answerTime, Self.answerTime)
    let bytes: [UInt8]
    do throws(HTTPError) {
      bytes = try await http.send(url.request(method, headers), body: body, call) {
        (answer) throws(HTTPError) in
        try await answer.checked().collect(limit: Self.longestAnswer)
      }
    } catch {
      if case .status(let answer) = error.cause, answer.status == 404, let reference {
        throw Failure(
          .missingInput, "\(reference.endpoint) knows no job \(reference.id)", code: "no-such-job")
      }
      throw Failure(error, isRepeatable: isRepeatable ?? true)
    }
    do { return try JSON(parsing: bytes) } catch {
      throw Failure(.protocolViolation, "bad answer from \(url): \(error)", code: "not-json")
    }
  }
}
