public import ArgumentParser
public import Networking

/// The options of every verb that speaks to a node.
public struct NodeOptions: ParsableArguments, Sendable {
  /// Where the node is reached.
  @Option(help: "Reach the node at <url>; a record's own 'run' goes before it.")
  public var endpoint: String?

  /// Times, repetitions, rate.
  @OptionGroup public var network: NetworkOptions

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what is no address of a node.
  public func validate() throws {
    if let endpoint, Endpoint(endpoint) == nil {
      throw ValidationError(
        "--endpoint takes http://host:port or https://host:port, not '\(endpoint)'")
    }
  }
}
