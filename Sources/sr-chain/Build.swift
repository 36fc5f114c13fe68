import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Records
import Sending
import Signing

/// `sr-chain build`: completes transactions, signed by nobody yet.
struct Build: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Complete the transaction of each record in one round trip: chain, nonce, gas, fees.",
    discussion: """
      $ echo '{"tx":{"to":"0x…","value":"0.1ETH"}}' | sr-chain build | sr-chain sign | sr-chain send
      $ sr-chain build 0x… 'transfer(address,uint256)' 0x… 1000
      What a record says goes before what the options say; -v tells where the rest comes from.
      """)

  @OptionGroup var building: BuildingOptions
  @OptionGroup var content: ContentOptions

  @OptionGroup var signing: SignerOptions
  @OptionGroup var chain: ChainOptions
  @OptionGroup var stream: StreamOptions
  @OptionGroup var words: CallWords

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let call = words.call
    try world.expectStream(insteadOf: call)
    let client = try chain.client(in: world)
    let calls = try BuildingCalls(chain.resolver(client), in: world)
    let builder = try TransactionBuilder(client, building, content, asksAccount: true, in: world)
    let journals = try SendingJournals(in: world)
    let signatory = try signing.signatory(in: world)
    let operands =
      try call.isEmpty
      ? [] : [building.record(calls.members(call), content, from: signing.from, in: world).line]
    return try await pipeline(in: world, operands: operands).run {
      input, emitter throws(Failure) in
      let given = try input.transaction()
      // Signed, it is complete, and may not be touched.
      if let signed = given?.signed {
        try builder.check(signed)
        return try emitter.emit(input)
      }
      let node = client.forRecord()
      let draft = try await world.interruptible { () throws(Failure) in
        let (fields, abi) = try await calls.resolved(
          given?.fields ?? TransactionFields(), asking: node)
        return try await builder.draft(fields, abi: abi, asking: node) { () throws(Failure) in
          // Another's account is taken at its word: the key is not needed yet.
          if let from = signing.from { return from }
          return try signatory.account()
        }
      }
      let built = try await emitter.inTurn { () throws(Failure) in
        try builder.finish(draft) { nonce throws(Failure) in
          guard let chain = draft.identity else { return false }
          return try journals.holds(nonce, of: draft.account.sender, on: chain)
        }
      }
      try emitter.emit(try input.setting(built))
    }
  }
}
