import ArgumentParser
import Commands
import NodeClient
import Records

/// `sr-job status`: where jobs stand.
struct Status: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask where jobs stand, and bring 'run' up to date.",
    discussion: """
      $ sr-job status <submitted.jsonl | jq -r '.run.nodes[0] | "\\(.id) \\(.status)"'
      """)
  static let operandMember: String? = "id"

  @OptionGroup var options: NodeOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A job's id.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let nodes = try Nodes(options, in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let output = try await world.interruptible { () throws(Failure) in
        try await nodes.refresh(input)
      }
      try emitter.emit(output)
    }
  }
}
