import HTTPTypes

extension HTTPError {
  /// The cause without the address, where it is ours; else the whole.
  var words: String {
    if case .body(let reason) = cause { reason } else { description }
  }

  /// `cannot reach http://127.0.0.1:8443/: Connection refused`.
  public var description: String {
    switch cause {
    case .badURL(let error): error.description
    case .cannotConnect(let reason): "cannot reach \(url): \(reason)"
    case .tls(let reason): "cannot trust \(url): \(reason)"
    case .timedOut(.connect): "cannot reach \(url): no connection in time"
    case .timedOut(.idle): "no answer from \(url): nothing moved for too long"
    case .timedOut(.slow): "the answer from \(url) comes too slowly"
    case .timedOut(.total): "no answer from \(url) in time"
    case .broken(let reason): "connection to \(url) broke: \(reason)"
    case .truncated: "the answer from \(url) ended too early"
    case .malformed(let reason): "the answer from \(url) is no good HTTP: \(reason)"
    case .tooLarge(let limit): "the answer from \(url) is larger than \(limit) bytes"
    case .redirect(let reason): "redirect from \(url) not followed: \(reason)"
    case .outOfReach(let place): "\(url) is not asked: \(place.words)"
    case .status(let answer): "\(url) answered \(answer)"
    case .body(let reason): "cannot send to \(url): \(reason)"
    case .authorization(let reason): "no credentials for \(url): \(reason)"
    case .cancelled: "call of \(url) cancelled"
    case .failure(let reason): "call of \(url) failed: \(reason)"
    }
  }
}

extension HTTPErrorAnswer: CustomStringConvertible {
  /// `503 Service Unavailable: the queue is full`.
  public var description: String {
    let name = Self.named.first { $0.code == status }.map { "\(status) \($0.reasonPhrase)" }
    let text = name ?? "\(status)"
    return excerpt.map { "\(text): \($0)" } ?? text
  }

  /// Their words are ours: a server's own may say anything.
  private static let named: [HTTPResponse.Status] = [
    .movedPermanently, .found, .seeOther, .notModified, .temporaryRedirect, .permanentRedirect,
    .badRequest, .unauthorized, .forbidden, .notFound, .methodNotAllowed, .notAcceptable,
    .proxyAuthenticationRequired, .requestTimeout, .conflict, .gone, .lengthRequired,
    .contentTooLarge, .uriTooLong, .unsupportedMediaType, .rangeNotSatisfiable, .expectationFailed,
    .unprocessableContent, .tooManyRequests, .requestHeaderFieldsTooLarge, .internalServerError,
    .notImplemented, .badGateway, .serviceUnavailable, .gatewayTimeout,
  ]

  /// The beginning of the body as one line for people; nil where it is HTML, binary or empty.
  public var excerpt: String? {
    let type = head.headerFields[.contentType]?.lowercased() ?? ""
    guard !type.contains("html"), !type.contains("xml") else { return nil }
    let text = String(decoding: body.prefix(1024), as: UTF8.self)
    var line = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\0", "\u{1b}": return nil
      case "\n", "\r", "\t", " ": if !line.isEmpty && line.last != " " { line.append(" ") }
      case _ where scalar.properties.isPrintable: line.unicodeScalars.append(scalar)
      default: return nil
      }
      if line.count >= 200 {
        line += "…"
        break
      }
    }
    guard !line.isEmpty, !line.hasPrefix("<") else { return nil }
    return line.hasSuffix(" ") ? String(line.dropLast()) : line
  }
}
