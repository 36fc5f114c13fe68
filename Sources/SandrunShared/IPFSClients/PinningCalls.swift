internal import Commands
internal import HTTP
internal import HTTPTypes
internal import Records
internal import Timing

/// Calls of one service: its token, its limits, its errors.
struct PinningCalls: Sendable {
  /// An answer is at most so long: a page of 1000 requests with much told of each.
  private static let longestAnswer = 16 << 20
  /// A question is answered within this time, or not at all.
  private static let answerTime = Duration.seconds(300)

  let service: PinningService
  let world: World
  private let options: HTTPOptions
  private let http: HTTPClient

  init(_ service: PinningService, _ options: HTTPOptions, in world: World) {
    self.service = service
    self.world = world
    var options = options
    let token = service.token
    options.authorization = .bearer { token.text }
    self.options = options
    http = HTTPClient(options)
  }

  /// Asks, and gives the answer, JSON or nothing.
  ///
  /// What a service says it did not take (429, 503) is sent again when it says so. No redirect is followed.
  func ask(
    _ method: HTTPRequest.Method, _ url: HTTPURL, _ body: JSON? = nil,
    until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> JSON? {
    do { try await service.token.prepare(for: service.name) } catch { throw .failed(error) }
    var backoff = options.backoff
    var count = 0
    while true {
      do throws(PinningError) {
        return try await once(method, url, body, until: deadline)
      } catch {
        guard method == .post, case .answered(let answer) = error,
          answer.status == 429 || answer.status == 503, count < options.retries
        else { throw error }
        let wait = max(backoff.next(), answer.retryAfter ?? .zero)
        guard wait <= max(options.retryAfterLimit, options.backoff.limit),
          deadline.map({ .now + wait < $0 }) ?? true
        else { throw error }
        count += 1
        world.detail("\(service.name) answers \(answer.status); trying again")
        do { try await ContinuousClock().sleep(for: wait) } catch { throw .failed(.interrupted) }
      }
    }
  }

  /// Asks for an answer that must be JSON.
  func json(
    _ method: HTTPRequest.Method, _ url: HTTPURL, _ body: JSON? = nil,
    until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> JSON {
    guard let answer = try await ask(method, url, body, until: deadline) else {
      throw .nonsense("nothing where JSON belongs")
    }
    return answer
  }

  private func once(
    _ method: HTTPRequest.Method, _ url: HTTPURL, _ body: JSON?,
    until deadline: ContinuousClock.Instant?
  ) async throws(PinningError) -> JSON? {
    var call = HTTPCall(
      followsRedirects: false,
      onRetry: { [world] error, _, _ in world.detail("\(error); trying again") })
    call.timeout = min(
      deadline.map { ContinuousClock.now.duration(to: $0) } ?? Self.answerTime, Self.answerTime)
    var fields: HTTPFields = [.accept: "application/json"]
    if body != nil { fields[.contentType] = "application/json" }
    let bytes: [UInt8]
    do throws(HTTPError) {
      bytes = try await http.send(
        url.request(method, fields), body: body.map { .bytes($0.bytes) } ?? .none, call
      ) { (answer) throws(HTTPError) in
        try await answer.checked().collect(limit: Self.longestAnswer)
      }
    } catch {
      if case .status(let answer) = error.cause {
        throw .answered(PinningAnswer(answer, from: url))
      }
      throw .http(error)
    }
    // Of a removal some services say nothing, some "OK".
    guard !bytes.isEmpty, method != .delete else { return nil }
    do { return try JSON(parsing: bytes) } catch { throw .nonsense("no JSON: \(error)") }
  }
}
