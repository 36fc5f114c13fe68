import ABI
import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Hashing
import Records
import WideInteger

/// `sr-chain call`: asks a contract, and changes nothing.
struct Call: Command {
  static let configuration = CommandConfiguration(
    abstract: "Ask a contract, without a transaction.",
    discussion: """
      $ sr-chain call 0x… 'balanceOf(address)(uint256)' 0x… | jq -r '.result[0]'
      $ sr-chain call Token.balanceOf 0x…
      One record: 'to', 'function' and 'args', 'block', and 'result', an array of the values given \
      back, or 'data' where their types are not known. A contract that reverts gives 'revert' \
      instead, and status 1.
      """)

  @Argument(help: "The contract: an address, an ENS name, CONTRACT or CONTRACT.METHOD.")
  var to: String

  @Argument(
    parsing: .allUnrecognized,
    help: "The function's signature, with the types that it gives back; its arguments.")
  var words: [String] = []

  @Option(help: "Call with <hex> as it is, in place of a function.")
  var data: String?

  @Option(help: "Ask about the state at <block>: a tag, a number or a hash.")
  var block = BlockReference.latest

  @Option(help: "Call on behalf of <account>.")
  var from: String?

  @Option(help: "Send <amount> along, in pretence.")
  var value: String?

  @OptionGroup var chain: ChainOptions
  @OptionGroup var common: CommonOptions

  func validate() throws { _ = try words.arguments() }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let data = try data.map { (text) throws(Failure) in
      do { return try Hex.decode(text) } catch { throw Failure(.usage, "--data: \(error)") }
    }
    let value = try value.map { (text) throws(Failure) in
      do { return try Amount.parse(text) } catch { throw Failure(.usage, "--value: \(error)") }
    }
    let client = try chain.client(in: world).forRecord()
    let arguments = (try? words.arguments()) ?? []
    let calls = try ContractQueries(client, chain.resolver(client), in: world)
    let (record, status) = try await world.interruptible { () throws(Failure) in
      let call = try await calls.call(to, arguments, data: data)
      let sender: Address?
      if let from { sender = try await calls.account(from) } else { sender = nil }
      return try await answer(to: call, client) { block in
        call.request(at: block, from: sender, value: value)
      }
    }
    if status == .answerNo, let reason = try record.object("revert")?["message"]?.string {
      world.note("\(try record.operand("to")) reverts: \(reason)")
    }
    try world.write(record)
    return status
  }

  private func answer(
    to call: ContractQuery, _ client: EthereumClient, request: (BlockReference) -> RPCRequest
  ) async throws(Failure) -> (Record, Failure.Status) {
    var record = Record(["to": .string("\(call.to)")])
    if let function = call.function {
      record = record.setting("function", to: .string(function.signature))
        .setting("args", to: .array(call.arguments.map(\.json)))
    }
    let outcome: ContractQuery.Outcome
    do throws(RPCError) {
      let (number, results) = try await client.read(at: block) { [request($0)] }
      record = record.settingBlock(number)
      outcome = try call.outcome(results[0], of: request(block))
    } catch {
      throw Failure(error)
    }
    switch outcome {
    case .reverted(let reason): return (record.setting("revert", to: reason.json), .answerNo)
    case .returned(let bytes):
      guard let values = try call.values(bytes) else {
        return (record.setting("data", to: .string(Hex.encode(bytes))), .done)
      }
      return (record.setting("result", to: .array(values.map(\.json))), .done)
    }
  }
}
