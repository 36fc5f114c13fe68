import ArgumentParser
import Commands
import EscrowedJobs
import Marketplace
import NodeClient
import Records
import SystemPackage

/// `sr-job estimate`: what jobs would cost, and how long they may take.
struct Estimate: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell what jobs would cost at most, by node and in gas, and add 'estimate'.",
    discussion: """
      $ sr-job new train.py --payment 0.1ETH --consensus 2-of-3 | sr-job estimate | jq .estimate.cost
      $ sr-job new train.py | sr-job estimate --pool nodes.jsonl --price cpu=0.1ETH/h
      Nothing is sent. Ends with 1 where fewer nodes fit than the job's consensus asks for.
      """)

  @Option(
    help: "Ask for the prices of the nodes of <file>, not of those registered.",
    completion: .file())
  var pool: String?

  @Option(
    help: "Reckon with <price> for all nodes, such as gpu=0.5ETH/h,cpu=0.1ETH/h.",
    transform: { text in
      do { return try NodePrice(text) } catch { throw ValidationError("--price: \(error)") }
    })
  var price: NodePrice?

  @OptionGroup var options: ChainPlaceOptions
  @OptionGroup var stream: StreamOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let escrowed = try options.jobs(in: world)
    let pool = try pool.map { (path) throws(Failure) in try Pool(FilePath(path)) }
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let (record, isEnough) = try await world.interruptible { () throws(Failure) in
        try await escrowed.estimate(input, pool: pool, price: price)
      }
      try emitter.emit(record, status: isEnough ? .done : .answerNo)
    }
  }
}
