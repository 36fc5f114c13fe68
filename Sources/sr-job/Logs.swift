import ArgumentParser
import Commands
import Ethereum
import NodeAPI
import NodeClient
import Records

/// `sr-job logs`: what jobs write.
struct Logs: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a job's output: its stdout to stdout, its stderr to stderr, byte for byte.",
    discussion: "$ sr-job logs -f 5f3c… 2>errors | grep --line-buffered loss")
  static let operandMember: String? = "id"

  @Flag(name: [.short, .long], help: "Go on until the job is over.")
  var follow = false

  @Option(help: "Of several nodes, ask the one that is <address>.", transform: Address.option)
  var node: Address?

  @OptionGroup var options: NodeOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A job's id.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let nodes = try Nodes(options, in: world)
    var pipeline = pipeline(in: world)
    pipeline.passesFailuresOn = false
    return try await pipeline.run { input, emitter throws(Failure) in
      try await world.interruptible { () throws(Failure) in
        try await nodes.logs(of: input, at: node, following: follow) {
          stream, bytes throws(Failure) in
          switch stream {
          case .stdout:
            try emitter.write(bytes)
            // Somebody watches, and the next line may be long in coming.
            if follow { try emitter.flush() }
          case .stderr: try world.errors.write(bytes)
          }
        }
      }
    }
  }
}
