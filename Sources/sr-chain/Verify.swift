import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Records
import Signing

struct Verify: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge each record's signature by named checks, and add 'verdict'.",
    discussion: """
      The record has what 'sign' leaves: 'tx' with 'raw', an 'authorization', or one of \
      'message', 'messageBytes', 'typedData' and 'digest' with 'signature'. An operand is a signed \
      transaction in hexadecimal. Who signed is compared with --address, and with what the record \
      says. Ends with 1 where a check failed, 66 where none did but nothing says who should have \
      signed, or what the name of a function means. A transaction that is nothing but 'raw' gets \
      the members that its bytes tell. Needs no network and no key.
      """)
  static let operandMember: String? = "raw"

  @Option(
    help: "The account that must have signed.",
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  var address: Address?

  @OptionGroup var stream: StreamOptions
  @Argument(help: "Signed transactions, in hexadecimal.") var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    // Without a home there is no registry, and what needs none is compared all the same.
    let known = (try? world.folders).map { folders in
      RegisteredInterfaces(ContractRegistry(folders)) { world.note($0) }
    }
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      var record = input
      if input.origin != .record {
        record = Record(["tx": ["raw": .string(try input.operand("raw"))]])
      }
      let verdict = try SignatureVerdict(of: record, by: address) {
        (transaction) throws(Failure) in try transaction.checkCall(known)
      }
      for check in verdict.checks where check.status != .passed {
        world.note(
          "\(check.member): \(check.name) \(check.status.rawValue): \(check.reason ?? "")")
      }
      // After the verdict: what the bytes say of themselves proves nothing.
      try emitter.emit(
        record.unfolded().setting("verdict", to: verdict.json), status: verdict.status)
    }
  }
}

extension Record {
  /// The record with the members of its signed transaction, where `tx` has hardly more than the bytes.
  fileprivate func unfolded() throws(Failure) -> Record {
    guard try objectText("tx")?.has("nonce") == false,
      let signed = (try? transaction())?.signed
    else { return self }
    return try setting(built: signed.transaction, from: signed.from).setting(signed: signed)
  }
}
