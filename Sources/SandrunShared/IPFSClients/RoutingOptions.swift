public import ArgumentParser
public import Commands
public import Records

/// Which routers are asked who has what.
public struct RoutingOptions: ParsableArguments, Sendable {
  /// The routers.
  @Option(help: "Ask the router at <url> who has what.")
  public var routing: [String] = []

  /// Made by ArgumentParser.
  public init() {}

  /// The routers that were named, or else those of the setting `routing`; none where nobody named any.
  public func routers(
    _ clients: GatewayClients, in world: World
  ) throws(Failure) -> [DelegatedRouter] {
    guard routing.isEmpty else {
      return try routing.map { (text) throws(Failure) in try DelegatedRouter(text, clients) }
    }
    return try clients.configured(.routing, in: world) { (text) throws(Failure) in
      try DelegatedRouter(text, clients)
    }
  }

  /// As `routers`; 78 where there is none.
  func required(
    _ clients: GatewayClients, in world: World
  ) throws(Failure) -> [DelegatedRouter] {
    let found = try routers(clients, in: world)
    guard !found.isEmpty else {
      throw Failure(
        .configuration, "no router is configured", code: "no-router",
        hint: "give --routing URL, or set routing or SANDRUN_ROUTING")
    }
    return found
  }
}
