import ABI
import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Hashing
import Records
import Sending

/// `sr-chain deploy`: makes a contract of its bytecode.
struct Deploy: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a contract of the bytecode in a file, and add its address.",
    discussion: """
      $ sr-chain deploy Market.json 0x… 86400 --wait --name Market
      $ sr-chain deploy --all --minimum-stake 2ETH
      The file is a compiler's artefact with 'abi' and 'bytecode', or hexadecimal digits. --all makes \
      the four contracts of the marketplace, waits until they are there, and registers all or none.
      """)

  @Argument(help: "The file with the bytecode; none with --all.", completion: .file())
  var file: String?

  @Argument(parsing: .allUnrecognized, help: "The constructor's arguments.")
  var words: [String] = []

  @Option(help: "Take the contract's ABI from <file>, not from the artefact.", completion: .file())
  var abi: String?

  @Option(help: "Register the contract as <name> once it is there: goes with --wait.")
  var name: String?

  @Flag(help: "Register it though the name is taken.")
  var replace = false

  @OptionGroup var marketplace: MarketplaceOptions
  @OptionGroup var broadcasting: BroadcastingOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    _ = try words.arguments()
    guard broadcasting.content.data == nil else {
      throw ValidationError("the data are the file's bytecode: --data does not go with it")
    }
    if marketplace.all {
      guard file == nil, abi == nil, name == nil else {
        throw ValidationError(
          "--all has its own files and names: it takes none, nor --abi or --name")
      }
      return try marketplace.check(broadcasting)
    }
    guard file != nil else {
      throw ValidationError("the file with the bytecode is missing, or --all")
    }
    try broadcasting.checkWaiting()
    guard name == nil || broadcasting.wait else {
      throw ValidationError("--name goes with --wait: what is not there yet gets no name")
    }
    if let name, ContractName(name) == nil { throw ValidationError("'\(name)' is no name") }
    guard name != nil || !replace else { throw ValidationError("--replace goes with --name") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    guard let file else {
      let deployment = try MarketplaceDeployment(
        marketplace, replacing: replace, broadcasting, in: world)
      return try await deployment.run(
        pipeline(in: world, operands: [Record().line]), verb: Self.verb)
    }
    var code = try ContractCode(file: file)
    if let abi {
      let json = try ABIOptions.json(abi)
      code.definitions = json.object?["abi"] ?? json
    }
    let data = try code.creation((try? words.arguments()) ?? [])
    let registering = try name.flatMap { (text) throws(Failure) in
      try ContractName(text).map { (name) throws(Failure) in
        try Registering(name, code, replacing: replace, file, in: world)
      }
    }
    let parts = try await broadcasting.parts(in: world)
    let record = try broadcasting.record(
      ["to": .null, "data": .string(Hex.encode(data))], in: world)
    let pipeline = pipeline(in: world, operands: [record.line])
    return try await parts.whileWorking { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let done = try await world.interruptible { () throws(Failure) in
          // What cannot be registered in the end is told before anything is sent.
          try await registering?.check(parts.client)
          return try await deploy(input, emitter, parts, registering)
        }
        try emitter.emit(done.record, status: done.status)
        try emitter.flush()
      }
    }
  }

  private func deploy(
    _ input: Record, _ emitter: Emitter, _ parts: SendingOptions.Parts, _ registering: Registering?
  ) async throws(Failure) -> (record: Record, status: Failure.Status) {
    let sent = try await parts.sender.send(input, emitter)
    guard let fields = try sent.record.transaction()?.fields, let from = fields.from,
      let nonce = fields.nonce
    else { return (sent.record, sent.status) }
    let address = Address(createdBy: from, nonce: nonce)
    var record = sent.record.setting("contract", to: ["address": .string("\(address)")])
    guard let receipt = sent.receipt, receipt.hasSucceeded else { return (record, sent.status) }
    emitter.keep(record)
    let request = RPCRequest(
      "eth_getCode",
      [.string("\(address)"), .string("0x" + String(receipt.blockNumber, radix: 16))])
    do throws(RPCError) {
      let answer = RPCValue(try await parts.client.call(request), method: request.method)
      guard !(try answer.data()).isEmpty else {
        throw answer.flaw("no code at \(address), where \(receipt.transactionHash) made a contract")
      }
    } catch { throw Failure(error) }
    if let registering {
      let chain = try await registering.identity(parts.client)
      record = record.setting(
        "contract", to: .object(try registering.add(address, on: chain)))
    }
    return (record, sent.status)
  }
}
