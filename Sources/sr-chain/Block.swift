import ArgumentParser
import Commands
import EthereumRPC
import Records

/// `sr-chain block`: what blocks hold.
struct Block: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell what a block holds.",
    discussion: """
      $ sr-chain block latest | jq .block.timestamp
      Puts the block itself in place of its name in 'block'; many given as arguments cost one round \
      trip.
      """)
  static let operandMember: String? = "block"

  @Argument(
    help: "Tags (latest pending safe finalized earliest), numbers or hashes; none: standard input.")
  var operands: [String] = []

  @Flag(help: "Tell the transactions in full, not by their hashes.")
  var transactions = false

  @OptionGroup var chain: ChainOptions
  @OptionGroup var options: StreamOptions

  var stream: StreamOptions { options.together(operands) }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let client = try chain.client(in: world)
    // Whole blocks are large: of them fewer fit into one answer.
    let gathering = Gathering<BlockReference, JSON>(
      limit: transactions ? 20 : 100, breadth: stream.jobs
    ) { [transactions] blocks in
      let requests = blocks.map { $0.request(transactions: transactions) }
      do throws(RPCError) {
        let results = try await client.forRecord().batch(requests)
        return zip(blocks, zip(requests, results)).map { block, answer in
          Self.block(block, answer.0, answer.1)
        }
      } catch {
        return blocks.map { _ in .failure(Failure(error)) }
      }
    }
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let reference = try Self.reference(input)
      let block = try await world.interruptible { () throws(Failure) in
        try await gathering.value(for: reference)
      }
      try emitter.emit(input.setting("block", to: block))
    }
  }

  private static func block(
    _ reference: BlockReference, _ request: RPCRequest, _ result: Result<JSON, RPCFailure>
  ) -> Result<JSON, Failure> {
    do throws(RPCError) {
      guard let block = try BlockRecord.json(result.answer(to: request)) else {
        return .failure(
          Failure(.missingInput, "the node has no block \(reference)", code: "no-such-block"))
      }
      return .success(.object(block))
    } catch {
      return .failure(Failure(error))
    }
  }

  /// The block that a record names: by a name, by its number, or as the block that it holds already.
  private static func reference(_ input: Record) throws(Failure) -> BlockReference {
    guard let value = try input["block"] else {
      throw Failure(.data, "the record has no \"block\"")
    }
    let text = value.string ?? value.integer.map { "\($0)" } ?? value["hash"]?.string
    guard let reference = text.flatMap({ BlockReference($0) }) else {
      throw Failure(
        .data, "\(text.map { JSON.string($0).text } ?? "\"block\"") names no block",
        hint: "it is latest, pending, safe, finalized, earliest, a number or a hash")
    }
    return reference
  }
}
