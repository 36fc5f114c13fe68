import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Records
import Sending

/// The option of the verbs that go on with what waits, by which the journals say what that is.
struct PendingOptions: ParsableArguments {
  @Flag(help: "Take all that is in the journals and in no block, in place of hashes and records.")
  var pending = false

  /// Throws 64 where there are hashes besides, or where neither they nor records can come.
  func expect(_ operands: [String], in world: World) throws(Failure) {
    guard pending else { return try world.expectStream(insteadOfHashes: operands) }
    guard operands.isEmpty else {
      throw Failure(.usage, "--pending goes by the journals: it takes no hash")
    }
  }

  /// Runs a verb with its operands, or with the journals' records in their place; says where there are none.
  func run(
    _ operands: [String], of sender: Address?, _ client: EthereumClient,
    _ journals: SendingJournals, in world: World,
    _ body: ([String]) async throws(Failure) -> Failure.Status
  ) async throws(Failure) -> Failure.Status {
    guard pending else { return try await body(operands) }
    let found = PendingTransactions(client, journals, in: world)
    let (records, failure) = try await found.records(of: sender)
    guard !records.isEmpty else {
      if failure == nil { world.note("the journals hold nothing that is in no block") }
      return failure?.status ?? .done
    }
    let status = try await body(records.map(\.line))
    return failure?.status ?? status
  }
}
