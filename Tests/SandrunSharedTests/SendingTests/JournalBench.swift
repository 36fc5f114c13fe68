import Ethereum
import EthereumRPC
import Files
import Hashing
import Records
import SystemPackage
import TestSupport
import WideInteger

@testable import Sending

/// A folder of journals of a test's own, and transactions to put into them.
struct JournalBench {
  let scratch: Scratch
  let sender: Address
  let chain = ChainIdentity(chainId: 31337, genesis: .zero)

  init() throws {
    scratch = try Scratch()
    sender = try Address(bytes: [UInt8](repeating: 0xab, count: 20))
  }

  var folder: FilePath { scratch.path.appending("state/transactions") }

  /// Where the account's journal is.
  var path: FilePath {
    folder.appending("31337-\(chain.genesis)").appending("\(sender)".lowercased() + ".journal")
  }

  /// Another process's view of the journal.
  func opened() -> TransactionJournal { TransactionJournal(of: sender, on: chain, in: folder) }

  /// The hash of a transaction by a name of the test's.
  static func hash(_ name: String) -> Digest32 { Keccak256.hash(Array(name.utf8)) }

  /// A transaction as a sender would make it.
  func transaction(
    _ name: String, nonce: UInt64, kind: JournalledTransaction.Kind = .send, once: String? = nil,
    uses: UInt64 = 0, padding: Int = 0
  ) throws -> JournalledTransaction {
    let record = try Record(parsing: Array(#"{"n":"\#(name)","x":1e400,"},\"record\":":{}}"#.utf8))
    let pad = String(repeating: "0", count: padding)
    return JournalledTransaction(
      time: Timestamp(seconds: 1_800_000_000), nonce: nonce, kind: kind, hash: Self.hash(name),
      once: once, content: Self.hash("to \(name)"), uses: uses, record: record,
      tx: Array(#"{"nonce":\#(nonce),"hash":"\#(Self.hash(name))","raw":"0x\#(pad)"}"#.utf8))
  }

  /// Takes the next nonce for a transaction as `send` does, and returns once that is on disk.
  @discardableResult
  func send(
    _ name: String, by journal: TransactionJournal, from pending: UInt64 = 0, once: String? = nil
  ) async throws -> UInt64 {
    let (nonce, commit) = try await journal.turn { turn throws(Failure) in
      guard let nonce = turn.lowestNonce(from: pending) else { throw Failure(.data, "none left") }
      do { turn.append(try transaction(name, nonce: nonce, once: once)) } catch {
        throw Failure(.data, "\(error)")
      }
      return nonce
    }
    try await commit?.value()
    return nonce
  }

  /// What a new process finds of an account: nonces and hashes of all entries, in order of their nonces.
  func found() async throws -> [TransactionEntry] {
    try await opened().turn { turn in turn.entries(from: 0) }.0
  }
}
