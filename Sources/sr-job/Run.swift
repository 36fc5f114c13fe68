import ArgumentParser
import Commands
import EscrowedJobs
import EthereumRPC
import MarketplaceClient
import Networking
import NodeClient
import Records
import Sending
import SystemPackage

/// `sr-job run`: a job from its record to its files, in one process.
struct Run: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Run the job of each record to its end: post, wait, verify, pay, and fetch its files.",
    discussion: """
      $ sr-job new hello.py | sr-job run -o hello
      $ sr-job new hello.py --payment 0.1ETH --consensus 2-of-3 | sr-job run -o hello
      It does what the pipe of verbs does, and the record leaves with all their members: with a \
      payment on the chain and its nodes, without on --endpoint. Each step is done once, so that a \
      record can be fed again. Where nodes do not agree the payment is given back.
      """)

  @Option(
    name: [.short, .long], help: "Write the files that jobs made into the folder <path>.",
    completion: .directory)
  var output: String?

  @Option(help: "Run a job without payment on the node at <url>.")
  var endpoint: String?

  @OptionGroup var posting: PostingOptions
  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    if let endpoint, Endpoint(endpoint) == nil {
      throw ValidationError(
        "--endpoint takes http://host:port or https://host:port, not '\(endpoint)'")
    }
    if let output, output.isEmpty || output.utf8.contains(0) {
      throw ValidationError("--output takes a path")
    }
    // A run has several transactions.
    guard sending.once == nil else {
      throw ValidationError("each step has an ID of its own: --once does not go with run")
    }
    guard sending.building.nonce == nil, sending.building.gas == nil else {
      throw ValidationError("a run sends several transactions: no --nonce or --gas fits them all")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let choice: JobPosting.Choice
    do { choice = try posting.choice() } catch { throw Failure(.usage, "\(error)") }
    let nodes = try Nodes(endpoint: endpoint, sending.chain.network, in: world)
    // How long a record may take is counted in one place.
    var sending = sending
    sending.chain.network.timeout = nil
    let parts = try await market.parts(sending, in: world)
    let escrowed = EscrowedJobs(
      nodes, parts.finder, parts.watch, try ContentSources(sending.chain.network, in: world),
      in: world)
    let course = JobCourse(
      nodes: nodes, escrowed: escrowed, parts: parts, choice: choice, draws: !posting.noDraw,
      output: output.map { FilePath($0) }, world: world)
    let pipeline = pipeline(in: world)
    return try await parts.whileWorking { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let progress = JobProgress(emitter)
        let done: JobCourse.End
        do throws(Failure) {
          done = try await world.interruptible { () throws(Failure) in
            try await nodes.inTime(late: Self.late) { () throws(Failure) in
              try await course.run(input, emitter, progress)
            }
          }
        } catch { throw progress.told(error) }
        try emitter.emit(done.record, status: done.status)
        try emitter.flush()
      }
    }
  }

  private static let late = Failure(
    .temporary, "the job is not over yet", code: "timeout", hint: "see --timeout",
    isRetryable: true)
}
