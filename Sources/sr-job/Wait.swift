import ArgumentParser
import Commands
import EscrowedJobs
import Marketplace
import MarketplaceClient
import NodeClient
import Records

/// `sr-job wait`: follows jobs to their end.
struct Wait: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow jobs to their end, fetch outputs and proofs, and add 'result' and 'proofs'.",
    discussion: """
      $ sr-job submit <jobs.jsonl | sr-job wait --jobs 8 --unordered | sr-proof verify
      A job in escrow ends when its chain has decided it; what its nodes say must agree with that.
      Ends with the job's own status where that is 1 to 63, with 1 where it failed in another way, \
      or where nodes do not agree.
      """)
  static let operandMember: String? = "id"

  @OptionGroup var options: EscrowOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A job's id.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let nodes = try options.nodes(in: world)
    let escrowed = try options.jobs(of: nodes, in: world)
    let pipeline = pipeline(in: world)
    return try await escrowed.watch.whilePolling { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let output = try await world.interruptible { () throws(Failure) in
          let record = try nodes.known(input)
          guard record.has("escrow") else { return try await nodes.wait(for: record) }
          return try await escrowed.wait(for: record)
        }
        try emitter.emit(output, status: output.jobStatus)
      }
    }
  }
}
