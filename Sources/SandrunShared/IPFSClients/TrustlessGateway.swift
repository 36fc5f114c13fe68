public import Commands
public import HTTP
internal import HTTPTypes
public import IPFS
public import Records

/// A trustless HTTP gateway: blocks and CARs by their CIDs (IPFS, Trustless Gateway specification).
///
/// Only the type of an answer and its length are looked at here; whoever asks proves each block.
public struct TrustlessGateway: BlockProvider {
  /// Who named its address.
  public enum Origin: Sendable {
    /// The user, so that it may send us on, though not further in than it lies itself.
    case user
    /// A stranger, so that it is asked only where it lies out in the internet, and no redirect of it is followed: it would choose
    /// what else is asked from here.
    case stranger
  }

  static let rawType = "application/vnd.ipld.raw"
  static let carType = "application/vnd.ipld.car"

  /// Its URL, without `/ipfs` and without a slash at its end.
  public let name: String

  private let base: HTTPURL
  private let http: HTTPClient
  private let origin: Origin
  private let allowsPrivate: Bool
  private let rest = Rest()
  private let patience: Duration?
  private let world: World

  /// Reads `http://host[:port][/base]`, with or without `/ipfs` behind it; throws 64 for what is none.
  public init(
    _ text: String, _ http: HTTPClient, patience: Duration? = .seconds(60),
    origin: Origin = .user, allowsPrivate: Bool = false, in world: World
  ) throws(Failure) {
    let plainText = HTTPURLError.withoutCredentials(text)
    let refusal = Failure(
      .usage, "\(JSON.string(plainText).text) is no address of a gateway",
      hint: plainText != text && text.contains("@")
        ? "an address has no name and password in it"
        : "it is http://host:port or https://host; its content is below /ipfs")
    guard !text.contains(where: { $0 == "?" || $0 == "#" }), let url = try? HTTPURL(text) else {
      throw refusal
    }
    var names = url.path.split(separator: "/").map(String.init)
    // No name of dots: what is asked for below must lie below.
    let plain = names.map { $0.lowercased().replacing("%2e", with: ".") }
    guard !plain.contains("."), !plain.contains("..") else { throw refusal }
    if names.last == "ipfs" { names.removeLast() }
    let path = names.map { "/" + $0 }.joined()
    guard let base = try? HTTPURL("\(url.scheme)://\(url.authority)\(path)") else { throw refusal }
    self.base = base
    name = "\(url.scheme)://\(url.authority)\(path)"
    self.http = http
    self.origin = origin
    self.allowsPrivate = allowsPrivate
    self.patience = patience
    self.world = world
  }

  /// When it wants to be asked again, where it asked to be left alone.
  public var restsUntil: ContinuousClock.Instant? { rest.end }

  /// One block, by `?format=raw`.
  public func block(_ cid: CID) async throws(Failure) -> [UInt8] {
    let request = base.appending("ipfs", "\(cid)").asking(["format": "raw"])
      .request(.get, [.accept: Self.rawType])
    try await rest.wait(name)
    let result: Result<[UInt8], Failure>
    do throws(HTTPError) {
      result = try await http.send(request, body: .none, call) { (answer) throws(HTTPError) in
        try await read(answer.checked())
      }
    } catch {
      rest.note(error)
      throw Failure(gateway: error, name)
    }
    return try result.get()
  }

  private func read(_ answer: HTTPAnswer) async throws(HTTPError) -> Result<[UInt8], Failure> {
    if let failure = strange(answer, instead: Self.rawType) { return .failure(failure) }
    var drip = Drip(patience: patience)
    return .success(try await drip.collect(answer, limit: Block.maximumLength))
  }

  /// Many blocks, by `?format=car`.
  public func archive(
    _ request: ArchiveRequest, _ take: ([UInt8]) async throws(Failure) -> Void
  ) async throws(Failure) {
    var segments = ["ipfs", "\(request.path.root)"]
    for name in request.path.names {
      guard let text = String(validating: name, as: UTF8.self) else {
        throw Failure(.unavailable, "a name that is not UTF-8", code: "no-archives")
      }
      segments.append(text)
    }
    var query = [
      (name: "format", value: "car"), (name: "dag-scope", value: request.scope.rawValue),
    ]
    if let bytes = request.bytes, !bytes.isEmpty {
      let end = bytes.upperBound == .max ? "*" : "\(bytes.upperBound - 1)"
      query.append((name: "entity-bytes", value: "\(bytes.lowerBound):\(end)"))
    }
    let url = base.appending(segments: segments).asking(query)
    let fields: HTTPFields = [.accept: "\(Self.carType); version=1; order=dfs; dups=n"]
    try await rest.wait(name)
    let answer: HTTPAnswer
    do throws(HTTPError) {
      answer = try await http.send(url.request(.get, fields), body: .none, call).checked()
    } catch {
      rest.note(error)
      var failure = Failure(gateway: error, name)
      // Not every gateway packs archives, or reads these parameters.
      if case .status(let told) = error.cause, [400, 406, 415, 501].contains(told.status) {
        failure.code = "no-archives"
      }
      throw failure
    }
    if var failure = strange(answer, instead: Self.carType) {
      failure.code = "no-archives"
      throw failure
    }
    // What breaks off in the midst is not asked for again from its start: no block comes twice.
    var drip = Drip(patience: patience)
    var chunks = answer.body.makeAsyncIterator()
    while true {
      let chunk: [UInt8]?
      do throws(HTTPError) {
        chunk = try await drip.next(of: &chunks, from: answer.url)
      } catch {
        throw Failure(gateway: error, name)
      }
      guard let chunk else { return }
      try await take(chunk)
    }
  }

  private var call: HTTPCall {
    var call = HTTPCall(
      followsRedirects: origin == .user,
      onRetry: { [world, rest] error, wait, _ in
        rest.note(error, wait)
        world.detail("\(error); trying again")
      })
    call.repeatsSilence = false
    if !allowsPrivate {
      if origin == .stranger { call.reach = .world }
      call.redirectReach = nil
    }
    return call
  }

  /// What is wrong with an answer that its header tells to be something else.
  private func strange(_ answer: HTTPAnswer, instead wanted: String) -> Failure? {
    if let coding = answer.head.headerFields[.contentEncoding], coding.lowercased() != "identity" {
      return Failure(
        .protocolViolation, "\(answer.url) answers in \(coding.prefix(40)), which nobody asked for")
    }
    guard let text = answer.head.headerFields[.contentType] else { return nil }
    let type = text.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    guard type != wanted, type != "application/octet-stream" else { return nil }
    return Failure(
      .protocolViolation, "\(answer.url) answers with \(type.prefix(80)), not with \(wanted)")
  }
}
