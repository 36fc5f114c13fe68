internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import SystemPackage

/// What NIO's errors say, in words for people.
enum ConnectionFailure {
  /// A failure on the way to an open connection.
  static func error(_ error: any Error, url: WebSocketURL) -> WebSocketError {
    switch error {
    case let error as WebSocketError: return error
    case let error as NIOConnectionError:
      if let first = error.connectionErrors.first {
        return .cannotConnect(url: url.description, reason: reason(first.error))
      }
      let cause = error.dnsAAAAError ?? error.dnsAError
      return .cannotResolve(host: url.host, reason: cause.map(reason) ?? "no address")
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
      return .notSecure(url: url.description, reason: reason(error))
    default: return .cannotConnect(url: url.description, reason: reason(error))
    }
  }

  /// The cause alone.
  static func reason(_ error: any Error) -> String {
    switch error {
    case let error as IOError: Errno(rawValue: error.errnoCode).description
    case let error as SocketAddressError.UnknownHost: error.errorDescription
    case ChannelError.connectTimeout: "no answer in time"
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      "its certificate is for another host"
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: secureReason("\(error)")
    default: "\(error)"
    }
  }

  /// BoringSSL's own words stand between `OPENSSL_internal:` and ` at `.
  private static func secureReason(_ text: String) -> String {
    if text.contains("CERTIFICATE_VERIFY_FAILED") {
      return "its certificate is not of an authority trusted here, or out of date"
    }
    if text.contains("WRONG_VERSION_NUMBER") { return "it does not speak TLS" }
    guard let mark = text.firstRange(of: "OPENSSL_internal:") else {
      return text.contains("EOF")
        ? "it ended the connection during the TLS handshake" : "TLS failed"
    }
    let words = text[mark.upperBound...].prefix { $0 != " " }
    return "TLS failed: \(words.lowercased().replacing("_", with: " "))"
  }
}
