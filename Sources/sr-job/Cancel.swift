import ArgumentParser
import Commands
import NodeClient
import Records

/// `sr-job cancel`: ends jobs.
struct Cancel: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "End jobs that are queued or running.",
    discussion: """
      $ sr-job list | jq -c 'select(.run.nodes[0].status == "queued")' | sr-job cancel
      A job that is over already stays as it is.
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
        try await nodes.cancel(input)
      }
      try emitter.emit(output)
    }
  }
}
