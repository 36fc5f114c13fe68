/// One message, whole.
public enum WebSocketMessage: Equatable, Sendable {
  /// Text, which was UTF-8 on the wire.
  case text(String)
  /// Bytes.
  case binary([UInt8])

  /// The length in bytes, as on the wire.
  var size: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .binary(let bytes): bytes.count
    }
  }
}

/// How the other side closed a connection: RFC 6455, section 7.4.
public struct WebSocketClose: Equatable, Sendable, CustomStringConvertible {
  /// The status code; 1005 where it gave none.
  public var code: UInt16
  /// In the other side's words; at most 123 bytes.
  public var reason: String

  /// Makes a close code with a reason.
  public init(code: UInt16, reason: String = "") {
    self.code = code
    self.reason = reason
  }

  /// Done, and all is well.
  public static let normal: UInt16 = 1000
  /// The server shuts down, or the page is left.
  public static let goingAway: UInt16 = 1001

  /// The code, and the reason where there is one.
  public var description: String {
    reason.isEmpty ? "\(code)" : "\(code) (\(reason.printable))"
  }

  /// Whether an endpoint may send the code: neither reserved (1004 to 1006, 1015) nor unassigned.
  static func mayBeSent(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}
