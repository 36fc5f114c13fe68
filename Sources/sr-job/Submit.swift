import ArgumentParser
import Commands
import EscrowedJobs
import Ethereum
import NodeClient
import Records
import SystemPackage

/// `sr-job submit`: hands a job, its sources and inputs to nodes.
struct Submit: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hand the job of each record to a node, or to several, and add 'run'.",
    discussion: """
      $ sr-job new hello.py | sr-ipfs add | sr-job submit | sr-job wait
      $ sr-job new hello.py --consensus 2-of-3 | sr-ipfs add | sr-job submit --pool nodes.jsonl
      The content of a job in escrow goes to the registered nodes; they claim it on the chain.
      A record that failed in a way that may be retried can be fed again: a node knows the job \
      by its id, and never takes it twice.
      """)

  @Option(help: "Refuse a node that is not <address>.", transform: Address.option)
  var node: Address?

  @Option(
    help: "Choose among the nodes of <file>, as 'sr-node discover' writes it.", completion: .file())
  var pool: String?

  @Option(help: "Have <n> nodes of the pool run the job; by default as its consensus says.")
  var redundancy: Int?

  @Option(help: "Hand the content of a job in escrow to <n> nodes at most (16).")
  var nodes: Int = 16

  @OptionGroup var options: EscrowOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    guard pool != nil || redundancy == nil else {
      throw ValidationError("--redundancy goes with --pool")
    }
    if let redundancy, !(1...64).contains(redundancy) {
      throw ValidationError("--redundancy takes 1 to 64")
    }
    guard (1...1024).contains(nodes) else { throw ValidationError("--nodes takes 1 to 1024") }
    guard pool == nil || node == nil && options.endpoint == nil else {
      throw ValidationError("--pool names the nodes: neither --node nor --endpoint goes with it")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let client = try options.nodes(in: world)
    let escrowed = try options.jobs(of: client, in: world)
    let archive = Archive(in: world)
    let pool = try pool.map { (path) throws(Failure) in try Pool(FilePath(path)) }
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let output = try await world.interruptible { () throws(Failure) in
        if input.has("escrow") {
          return try await escrowed.submit(input, to: pool, count: nodes)
        }
        guard let pool else {
          return try await client.submit(input, demanding: node, packing: archive.pack)
        }
        return try await client.submit(
          input, to: pool, redundancy: redundancy, packing: archive.pack
        ) { emitter.keep($0) }
      }
      try emitter.emit(output)
    }
  }
}
