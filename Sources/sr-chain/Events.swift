import ABI
import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import EventStreams
import Records

/// `sr-chain events`: what contracts told, as it is told.
struct Events: Command {
  static let configuration = CommandConfiguration(
    abstract: "Write the events of contracts, past and to come: one record with 'log' each.",
    discussion: """
      $ sr-chain events Market.JobSubmitted --from 100 | jq -c .log.args
      $ sr-chain events JobSubmitted --follow --cursor jobs.cursor | sr-node match
      $ sr-chain events 'Transfer(address indexed from,address indexed to,uint256 value)' \
      --address 0x… --where to=0x…
      An event is named as in its contract's ABI, or by its signature; without one all are written. \
      'removed' marks what a reorganisation took back.
      """)

  @Argument(
    help: ArgumentHelp(
      "Events: names, CONTRACT.EVENT, or signatures with 'indexed'.", valueName: "event"))
  var words: [String] = []

  @OptionGroup var part: EventsOptions
  @OptionGroup var heads: HeadOptions
  @OptionGroup var abi: ABIOptions
  @OptionGroup var chain: ChainOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard !words.isEmpty || !part.addresses.isEmpty || abi.file != nil else {
      throw ValidationError("name an event, or give --address or --abi")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let client = try chain.client(in: world)
    do throws(Failure) {
      return try await world.interruptible { () throws(Failure) in
        try await run(client, in: world)
      }
    } catch {
      // What was written is whole; the signal is what the shell is told of.
      guard world.interruption.isRequested, error.code == Failure.interrupted.code else {
        throw error
      }
      return .done
    }
  }

  private func run(
    _ client: EthereumClient, in world: World
  ) async throws(Failure) -> Failure.Status {
    let identity: ChainIdentity
    do throws(RPCError) { identity = try await client.identity() } catch { throw Failure(error) }
    let filter = try await filter(client, identity, in: world)
    let output = EventsOutput(EventWriter(filter) { world.note($0) }, in: world)
    let cursor = try part.openCursor(
      of: EventStreamIdentity(chain: identity, filter: filter.digest))
    var end: UInt64?
    if let last = part.to { end = try await number(of: last, client) }
    if let position = cursor?.position, case .block? = part.from {
      world.note("the cursor goes before --from: going on with block \(position.next)")
    }
    let sink = cursor.map { RememberingSink(output, in: $0) }
    let signal: any HeadSignal =
      part.follow
      ? try heads.signal(client, on: identity, pollingEvery: part.interval, in: world)
      : PollingSignal(every: part.interval)
    let stream = EventStream(
      client, on: identity, filter, part.stream(to: end), signal: signal, sink: sink ?? output,
      in: world)
    do throws(Failure) {
      let start: EventPosition
      if let sink {
        start = try await sink.resume { () throws(Failure) in try await position(client) }
      } else {
        start = try await position(client)
      }
      try await stream.run(from: start)
    } catch {
      try? cursor?.close()
      throw error
    }
    try cursor?.close()
    return output.status
  }

  private func filter(
    _ client: EthereumClient, _ identity: ChainIdentity, in world: World
  ) async throws(Failure) -> EventFilter {
    let names = try ContractQueries(client, chain.resolver(client), in: world)
    var addresses: [Address] = []
    for text in part.addresses { addresses.append(try await names.account(text, isContract: true)) }
    let query = EventQuery(
      words, addresses: addresses, abi: try abi.read(), conditions: part.named)
    guard query.needsRegistry else { return try query.filter([]) }
    let registry = ContractRegistry(try world.folders)
    let contracts: [RegisteredContract]
    do throws(ContractRegistryError) {
      contracts = try registry.contracts(on: identity) { world.note("\($0)") }
    } catch {
      throw Failure(error)
    }
    return try query.filter(contracts)
  }

  /// Where a stream begins: as `--from` says, else at the head where it is followed, else at block 0.
  private func position(_ client: EthereumClient) async throws(Failure) -> EventPosition {
    switch part.from {
    case .block(let block): EventPosition(start: try await number(of: block, client))
    case .cursor, nil:
      EventPosition(start: part.follow ? try await number(of: .latest, client) : 0)
    }
  }

  /// The number of a block that the node has, if not of one that is named by its number.
  private func number(
    of block: BlockReference, _ client: EthereumClient
  ) async throws(Failure) -> UInt64 {
    if case .number(let number) = block { return number }
    if block == .tag(.earliest) { return 0 }
    let request = block.request()
    do throws(RPCError) {
      let answer = RPCValue(try await client.call(request), method: request.method)
      if !answer.isNull { return try answer.member("number").blockNumber() }
    } catch {
      throw Failure(error)
    }
    throw Failure(.missingInput, "the node has no block \(block)", code: "no-such-block")
  }
}
