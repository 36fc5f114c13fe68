import Commands
import Ethereum
import EthereumRPC
import Records

/// A verb that tells something of accounts at a block: many of them in one batch.
struct AccountReading: Sendable {
  /// One account's answer.
  struct Answer: Sendable {
    var value: RPCValue
    var block: UInt64?
  }

  private let accounts: ContractQueries
  private let gathering: Gathering<Address, Answer>

  /// Asks `method` of accounts; at the pending block no number is told, since it has none that lasts.
  init(
    _ method: String, at block: BlockReference, _ options: ChainOptions, breadth: Int,
    in world: World
  ) throws(Failure) {
    let client = try options.client(in: world)
    accounts = try ContractQueries(client, options.resolver(client), in: world)
    gathering = Gathering(limit: 900, breadth: breadth) { addresses in
      let requests = { (block: BlockReference) in
        addresses.map { RPCRequest(method, [.string("\($0)"), block.parameter]) }
      }
      do throws(RPCError) {
        let client = client.forRecord()
        let (number, results): (UInt64?, [Result<JSON, RPCFailure>])
        if block == .tag(.pending) {
          (number, results) = (nil, try await client.batch(requests(block)))
        } else {
          (number, results) = try await client.read(at: block, requests)
        }
        return results.map { result in
          switch result {
          case .success(let json):
            .success(Answer(value: RPCValue(json, method: method), block: number))
          case .failure(let refusal): .failure(Failure(refusal))
          }
        }
      } catch {
        return addresses.map { _ in .failure(Failure(error)) }
      }
    }
  }

  /// The record with its address in full, and the answer for it.
  func read(_ input: Record) async throws(Failure) -> (Record, Answer) {
    let text = try input.operand("address")
    let address = try await accounts.account(text)
    var record = input.setting("address", to: .string("\(address)"))
    if Address(text) == nil {
      record = record.setting("name", to: .string(text))
    }
    return (record, try await gathering.value(for: address))
  }
}
