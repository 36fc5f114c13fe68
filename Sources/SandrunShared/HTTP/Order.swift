import HTTPTypes

/// One transfer, as the engine's thread is asked to make it.
struct Order: Sendable {
  var url: String
  var method: String
  /// `Name: value`.
  var fields: [String]
  var body: HTTPRequestBody.Content
  var length: Int?
  var hasBody: Bool
  var connectTimeout: Duration
  var idleTimeout: Duration?
  var deadline: ContinuousClock.Instant?
  var headerLimit: (bytes: Int, fields: Int)
  /// Else a connection of its own: libcurl would send a request again that it lost on an old connection.
  var isRepeatable: Bool
  var trust: Trust
  /// No proxy is asked, whatever the environment says: what is for this machine leaves it for none.
  var isForThisMachine: Bool
  /// How far in its connection may lead.
  var reach: HTTPReach
  var progress: (@Sendable (Int, Int?) -> Void)?
}

/// Whose certificates are trusted; nil: as libcurl was built.
struct Trust: Sendable {
  var file: String?
  var folder: String?
}
