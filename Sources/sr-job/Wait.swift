import ArgumentParser
import Commands
import Marketplace
import NodeClient
import Records

/// `sr-job wait`: follows jobs to their end.
struct Wait: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow jobs to their end, fetch outputs and proofs, and add 'result' and 'proofs'.",
    discussion: """
      $ sr-job submit <jobs.jsonl | sr-job wait --jobs 8 --unordered | sr-proof verify
      Ends with the job's own status where that is 1 to 63, with 1 where it failed in another way.
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
        try await nodes.wait(for: input)
      }
      try emitter.emit(output, status: output.jobStatus)
    }
  }
}
