/// Bounds of a connection in time and size.
public struct WebSocketOptions: Sendable {
  /// For resolving, connecting, TLS and the handshake together.
  public var connectTimeout: Duration = .seconds(10)
  /// From ping to ping.
  public var pingInterval: Duration = .seconds(20)
  /// How long after a ping the other side may be silent.
  public var pongTimeout: Duration = .seconds(20)
  /// How long the other side may take to answer our Close.
  public var closeTimeout: Duration = .seconds(5)
  /// The length of the longest message that is taken, in bytes.
  public var maxMessageSize = 16 << 20
  /// How many bytes of messages wait to be read before nothing more is taken from the network.
  public var maxWaiting = 1 << 20
  /// Subprotocols to offer, best first; the server may choose one of them, or none.
  public var subprotocols: [String] = []

  /// The defaults.
  public init() {}
}
