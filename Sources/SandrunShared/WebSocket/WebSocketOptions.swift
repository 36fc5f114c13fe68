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
  /// A file with the certificates of the authorities that `wss` trusts, in place of the system's: `CURL_CA_BUNDLE` or `SSL_CERT_FILE`.
  public var authorityFile: String?
  /// A folder of such certificates, as `openssl rehash` makes it, in place of the system's: `SSL_CERT_DIR`.
  public var authorityFolder: String?

  /// The defaults, with the authorities that the environment names.
  public init() {
    authorityFile = Trust.variable("CURL_CA_BUNDLE") ?? Trust.variable("SSL_CERT_FILE")
    authorityFolder = Trust.variable("SSL_CERT_DIR")
  }
}
