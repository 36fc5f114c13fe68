public import Commands
internal import HTTP
public import Networking
public import Records

/// What gateways and routers are spoken to with.
public struct GatewayClients: Sendable {
  let http: HTTPClient
  /// For whom strangers name: no connection is shared, and nothing is repeated where there are others.
  let strangers: HTTPClient
  /// Whether strangers may name addresses in private networks.
  let allowsPrivate: Bool
  let patience: Duration?
  let timeout: Duration?
  let world: World

  /// One HTTP client for all whom the user names, and one for all others.
  public init(
    _ network: NetworkOptions, allowsPrivate: Bool = false, in world: World
  ) throws(Failure) {
    var options = try network.clientOptions()
    http = HTTPClient(options)
    options.retries = 0
    strangers = HTTPClient(options)
    self.allowsPrivate = allowsPrivate
    patience = options.idleTimeout
    timeout = try network.recordTimeout()
    self.world = world
  }

  func gateway(
    _ text: String, origin: TrustlessGateway.Origin = .user
  ) throws(Failure) -> TrustlessGateway {
    try TrustlessGateway(
      text, origin == .user ? http : strangers, patience: patience, origin: origin,
      allowsPrivate: allowsPrivate, in: world)
  }

  /// What a setting names, with spaces between, each once; what is none there is a fault of the configuration.
  func configured<Value>(
    _ key: ConfigKey, in world: World, _ make: (String) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    var seen: Set<Substring> = []
    var made: [Value] = []
    let text = try world.setting(key) ?? ""
    for word in text.split(whereSeparator: \.isWhitespace) where seen.insert(word).inserted {
      do throws(Failure) { made.append(try make(String(word))) } catch {
        throw Failure(.configuration, "the setting \(key.name): \(error)", hint: error.hint)
      }
    }
    return made
  }
}
