import ArgumentParser
import Commands
import NodeEngine
import Records

/// The options of `serve` that make the node a registry of others: a pool.
struct RegistryOptions: ParsableArguments {
  @Flag(help: "Be a registry: keep the signed descriptors of nodes, and find them for others.")
  var registry = false

  @Option(help: "Keep up to <n> nodes in the registry.")
  var maxNodes = 10_000

  @Option(help: "Forget a node <time> after its descriptor was signed, unless a newer one came.")
  var keepNodes = "7d"

  func validate() throws {
    guard (1...1_000_000).contains(maxNodes) else {
      throw ValidationError("--max-nodes takes 1 to 1000000")
    }
    guard
      (.seconds(1) ... .seconds(3650 * 86_400)).contains(
        try Bounds.seconds(keepNodes, "--keep-nodes"))
    else { throw ValidationError("--keep-nodes takes 1s to 3650d") }
  }

  /// The registry; nil where the node is to be none.
  func pool(in node: NodeFolder, world: World) throws(Failure) -> NodePool? {
    guard registry else { return nil }
    guard let keep = try? Bounds.seconds(keepNodes, "--keep-nodes") else { return nil }
    return try world.engine { () throws(EngineError) in
      try NodePool(in: node, maxNodes: maxNodes, keep: keep, now: world.now)
    }
  }
}
