public import ArgumentParser

/// The options of every verb that speaks HTTP to somebody: times, repetitions, rate.
public struct NetworkOptions: ParsableArguments, Sendable {
  /// How long a record may take in all.
  @Option(help: "Give up on a record after <duration>.")
  public var timeout: String?

  /// How long a connection may be silent.
  @Option(help: "Give up on a connection that is silent for <duration> (60s).")
  public var idleTimeout: String?

  /// How often a request is repeated.
  @Option(help: "Repeat a request that may be repeated up to <n> times (4).")
  public var retries: Int?

  /// How many requests a second a host may get.
  @Option(help: "Send a node at most <n/s[:burst]> requests.")
  public var rate: String?

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what no option may be.
  public func validate() throws {
    if let retries, !(0...100).contains(retries) {
      throw ValidationError("--retries takes 0 to 100")
    }
  }
}
