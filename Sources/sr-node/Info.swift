import ArgumentParser
import Commands
import Marketplace
import MarketplaceClient
import Records

struct Info: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell all that is known of a node, or what the nodes of a pool have together.",
    discussion: """
      $ sr-node info 0x… --probe | jq .node.health
      $ sr-node info 3 | jq -r .node.reputation.score
      $ sr-node info --pool pool.jsonl | jq -c .pool.gpus
      """)
  static let operandMember: String? = "node"

  @Option(
    help: "Sum up the nodes whose records are in <file>; - is standard input.",
    completion: .file())
  var pool: String?

  @OptionGroup var search: NodeSearch
  @OptionGroup var stream: StreamOptions

  @Argument(help: "Addresses or registration numbers of nodes; also on standard input.")
  var operands: [String] = []

  private static let poolLimit = 256 << 20

  func validate() throws {
    if pool != nil, !operands.isEmpty || search.probe || search.market.marketplace != nil {
      throw ValidationError("--pool goes by its file alone: no node, --probe or --marketplace")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    if let pool {
      let bytes = try world.content(of: pool, limit: Self.poolLimit)
      let summary = try Self.summary(of: bytes, from: pool)
      try world.write(Record(["pool": summary.json]))
      return .done
    }
    let look = try search.look(in: world)
    let directory = try await world.interruptible { () throws(Failure) in
      try await search.directory(in: world)
    }
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let done = try await world.interruptible { () throws(Failure) in
        try await Self.record(of: input, directory, look)
      }
      try emitter.emit(done)
    }
  }

  /// The record with all that is known of its node now.
  private static func record(
    of input: Record, _ directory: NodeDirectory, _ look: NodeSearch.Look
  ) async throws(Failure) -> Record {
    let reference = try reference(in: input)
    guard let node = try await directory.nodes([reference]).first ?? nil else {
      throw Failure(.missingInput, "no node \(reference) is registered", code: "not-registered")
    }
    var members = node.members
    members["bound"] = .string("\(node.registered.bound)")
    members["retiredAt"] = node.registered.retiredAt.flatMap { Int(exactly: $0) }
      .map { .string("\(Timestamp(seconds: $0))") }
    members["registry"] = .string("\(directory.registry)")
    let signed = try await look.fetching.descriptor(of: node)
    members = members.adding(signed)
    members["signature"] = .string("\(signed.signature)")
    return input.setting("node", to: .object(await look.probed(members, signed)))
  }

  private static func reference(in input: Record) throws(Failure) -> NodeReference {
    guard let node = try input["node"] else {
      throw Failure(.data, "the record has no \"node\"")
    }
    let text = node.string ?? node["address"]?.string
    guard let reference = text.flatMap({ NodeReference($0) }) else {
      throw Failure(
        .data,
        "\(JSON.string(text ?? node.kind).text) is neither a node's address nor its number")
    }
    return reference
  }

  /// What the records of a file say together; those that carry a failure are no nodes.
  private static func summary(
    of bytes: [UInt8], from name: String
  ) throws(Failure) -> PoolSummary {
    var summary = PoolSummary()
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      do {
        let record = try Record(parsing: Array(line))
        if record.has("error") { continue }
        guard let node = try record.object("node") else {
          throw Failure(.data, "the record has no \"node\"")
        }
        try summary.add(node)
      } catch {
        throw Failure(.data, "\(name), line \(index + 1): \(error)")
      }
    }
    return summary
  }
}
