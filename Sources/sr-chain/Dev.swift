import ArgumentParser
import Commands
import Ethereum
import Records
import Signing

/// `sr-chain dev`: a chain of one's own, for as long as the verb runs.
struct Dev: Command {
  static let configuration = CommandConfiguration(
    abstract: "Run a development chain, whose accounts are rich and whose keys all know.",
    discussion: """
      $ sr-chain dev --import --light
      Writes one record with 'chain' once it is ready, and runs until SIGTERM or SIGINT. Starts anvil \
      or geth where one is on PATH, else the chain in Python that comes with sr-chain.
      """)

  static let endsBySignal = true

  @Option(help: "Listen on port <n> of 127.0.0.1, on 0 any that is free.")
  var port: UInt16 = 8545

  @Option(help: "Make a block every <s> seconds, not one for each transaction.")
  var blockTime: Double?

  @Option(
    help: "Keep the chain in the folder <dir>, and go on with what is there.",
    completion: .directory)
  var state: String?

  @Option(help: "The chain id.")
  var chainId: UInt64 = 1337

  @Option(help: "How many accounts have money.")
  var accounts = 10

  @Option(help: "Start <engine>: devchain, anvil or geth.")
  var engine: DevEngine?

  @Flag(help: "Take transactions that name no chain, too.")
  var allowUnprotected = false

  @Flag(help: "Keep the accounts' keys as dev0, dev1 and so on; all the world knows them.")
  var `import` = false

  @Flag(help: "Lock them in milliseconds, not a second.")
  var light = false

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let blockTime, !(0.01...86_400).contains(blockTime) {
      throw ValidationError("--block-time takes 0.01 to 86400 seconds")
    }
    guard (1...100).contains(accounts) else { throw ValidationError("--accounts takes 1 to 100") }
    guard (1..<1 << 53).contains(chainId) else {
      throw ValidationError("--chain-id takes 1 to 9007199254740991")
    }
    guard `import` || !light else { throw ValidationError("--light goes with --import") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let engine = engine ?? DevEngine.found(in: world)
    // Before anything is started, since a name may be taken.
    if `import` {
      let passphrase = try passphrase.read(
        in: world, prompt: "Passphrase for the keys: ", isNew: true)
      try DevKeys(count: accounts, in: world).keep(
        passphrase: passphrase, derivation: light ? .light : .standard)
    }
    let options = DevOptions(
      port: port, blockTime: blockTime, state: state, chainId: chainId, accounts: accounts,
      allowsUnprotected: allowUnprotected)
    let process = try DevProcess(
      try engine.program(options, in: world), options, in: world)
    try await process.run { chain throws(Failure) in
      var chain = chain
      chain["engine"] = .string(engine.rawValue)
      try world.write(Record(["chain": .object(chain)]))
      if let endpoint = chain["endpoint"]?.string,
        (try? world.setting(.ethRPC, flag: nil)) != endpoint
      {
        world.note("the other verbs speak to another node: export SANDRUN_ETH_RPC=\(endpoint)")
      }
    }
    return .done
  }
}
