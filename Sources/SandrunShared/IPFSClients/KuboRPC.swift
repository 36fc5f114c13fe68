public import Commands
internal import HTTPTypes
public import HTTP
internal import Records

/// A client of one Kubo node's RPC (Kubo's `/api/v0`): commands by POST, answers as JSON Lines or bytes.
///
/// Nothing that the node says is believed where it can be checked, and no answer that broke off is taken for a whole one: neither one
/// that ends before its last chunk, nor one with Kubo's word for an error in its trailers.
public struct KuboRPC: Sendable {
  /// Where the node is.
  public let address: KuboAddress
  let client: HTTPClient
  /// Whose user it speaks for.
  public let world: World
  let credential: KuboCredential?
  private let timeout: Duration?
  /// How long nothing may come.
  let idleTimeout: Duration?

  /// A client of the node at an address, which is told who we are; `timeout` bounds each call.
  public init(
    _ address: KuboAddress, _ credential: KuboCredential? = nil, options: HTTPOptions,
    timeout: Duration?, _ world: World
  ) {
    self.address = address
    self.credential = credential
    client = HTTPClient(options)
    idleTimeout = options.idleTimeout
    self.timeout = timeout
    self.world = world
  }

  /// How messages and records name the node.
  public var name: String { address.description }

  /// One command, with what it is told.
  struct Command {
    /// As in the path: `block/get`.
    var name: String
    /// Arguments and options.
    var query: [(name: String, value: String)] = []
    var body = HTTPRequestBody.none
    /// What the body is, with the boundary of its parts.
    var contentType: String?
    /// Whether to ask twice is as to ask once.
    var isRepeatable = true
    /// How long nothing may come, where that is not the client's own patience.
    var idleTimeout: Duration?
    var progress: (@Sendable (_ sent: Int, _ total: Int?) -> Void)?

    init(_ name: String, _ query: KeyValuePairs<String, String> = [:]) {
      self.name = name
      self.query = query.map { (name: $0.key, value: $0.value) }
    }
  }

  /// Asks, and takes the body of a good answer; where it breaks off, and to ask again is safe, all is done again.
  func ask<Value: Sendable>(
    _ command: Command,
    taking take: (HTTPAnswer) async throws(HTTPError) -> Result<Value, Failure>
  ) async throws(Failure) -> Value {
    var fields: HTTPFields = [:]
    fields[.contentType] = command.contentType
    // Never stored by the client: it is this node's alone.
    fields[.authorization] = credential?.value.text
    var call = HTTPCall(
      isRepeatable: command.isRepeatable, timeout: timeout, followsRedirects: false,
      progress: command.progress,
      onRetry: { [world] error, _, _ in world.detail("\(error); trying again") })
    call.idleTimeout = command.idleTimeout
    let result: Result<Value, Failure>
    do throws(HTTPError) {
      result = try await client.send(
        address.url(command.name, command.query).request(.post, fields), body: command.body, call
      ) { (answer) throws(HTTPError) in
        let answer = try await answer.checked()
        let result = try await take(answer)
        // Where it tells why it ends, that says more than what is wrong with its last line.
        return brokenOff(answer, command).map { .failure($0) } ?? result
      }
    } catch {
      throw Failure(error, from: self, command)
    }
    return try result.get()
  }

  /// What Kubo says behind a body that is not whole, its status 200 notwithstanding.
  func brokenOff(_ answer: HTTPAnswer, _ command: Command) -> Failure? {
    let told = answer.body.trailers[values: .streamError].first { !$0.isEmpty }
    return told.map { Failure(kubo: $0, from: self, command) }
  }

  /// The bytes of an answer, at most so many.
  func bytes(_ command: Command, limit: Int) async throws(Failure) -> [UInt8] {
    try await ask(command) { (answer) throws(HTTPError) in
      var drip = Drip(patience: command.idleTimeout ?? idleTimeout)
      return .success(try await drip.collect(answer, limit: limit))
    }
  }

  /// The one object of an answer.
  func object(_ command: Command) async throws(Failure) -> JSON {
    var found: JSON?
    try await lines(command, limit: 1) { (line) throws(Failure) in found = line }
    guard let found else { throw strange(command, "nothing") }
    return found
  }

  /// Hands on each line of an answer as it comes.
  ///
  /// A line may be handed on again where the answer broke off and the command is asked again; `begin` is called before the first
  /// of each answer, and `check` behind each piece of it, be there a line in it or not. Throws 76 beyond `limit` lines.
  func lines(
    _ command: Command, limit: Int, begin: () -> Void = {},
    check: () throws(Failure) -> Void = {},
    _ take: (JSON) async throws(Failure) -> Void
  ) async throws(Failure) {
    try await ask(command) { (answer) throws(HTTPError) -> Result<Void, Failure> in
      begin()
      var splitter = KuboLines(limit: limit)
      var chunks = answer.body.makeAsyncIterator()
      while true {
        let chunk = try await chunks.next()
        do throws(Failure) {
          for line in try splitter.take(chunk, from: self, command) { try await take(line) }
          if chunk != nil { try check() }
        } catch {
          return .failure(error)
        }
        guard chunk != nil else { return .success(()) }
      }
    }
  }

  /// 76: the node's answer is none to this command.
  func strange(_ command: Command, _ what: String) -> Failure {
    Failure(
      .protocolViolation, "\(name) answers \(command.name) with \(what)", code: "bad-answer")
  }
}

extension HTTPField.Name {
  /// Kubo's word for what went wrong behind a status of 200.
  static var streamError: HTTPField.Name {
    // The text is a token, so that there is one.
    HTTPField.Name("X-Stream-Error") ?? .trailer
  }
}
