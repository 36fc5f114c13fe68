import ArgumentParser
import Commands
import Ethereum
import NodeClient
import Records

/// `sr-job submit`: hands a job, its sources and inputs to a node.
struct Submit: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hand the job of each record to a node, and add 'run'.",
    discussion: """
      $ sr-job new hello.py | sr-ipfs add | sr-job submit | sr-job wait
      A record that failed in a way that may be retried can be fed again: the node knows the job \
      by its id, and never takes it twice.
      """)

  @Option(
    help: "Refuse a node that is not <address>.",
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  var node: Address?

  @OptionGroup var options: NodeOptions
  @OptionGroup var stream: StreamOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let nodes = try Nodes(options, in: world)
    let archive = Archive(in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let output = try await world.interruptible { () throws(Failure) in
        try await nodes.submit(input, demanding: node, packing: archive.pack)
      }
      try emitter.emit(output)
    }
  }
}
