public import Ethereum
public import EthereumRPC
public import Hashing
internal import Journals
public import Records
internal import Synchronization
public import SystemPackage

/// An account's transactions on a chain, in a file, so that none is lost or made twice whatever becomes of a process.
///
/// It lies in `FOLDER/CHAINID-GENESIS/ADDRESS.journal`. Signed bytes are on disk before any node is offered them. What is
/// asked and appended in a turn is done under a lock that processes share: nobody else can take the same nonce meanwhile.
public final class TransactionJournal: Sendable {
  struct State: ~Copyable {
    var file: JournalFile
    var index = TransactionIndex()
    /// Why nothing can be done with it any more.
    var failure: JournalError?
    /// What went wrong while a turn looked something up.
    var turnFailure: JournalError?
    var isInTurn = false
    var heldSince: ContinuousClock.Instant?
    /// Since when the lock is another's, and when that was seen last.
    var locked: (since: ContinuousClock.Instant, last: ContinuousClock.Instant)?
    /// How many turns have appended what must be on disk, and up to which of them it is.
    var issued = 0
    var durable = 0
    var isCommitting = false
    var waiters: [CheckedContinuation<Void, Never>] = []
    /// Those that wait for their turn in this process.
    var turns: [CheckedContinuation<Void, Never>] = []
  }

  /// Whose transactions they are.
  public let sender: Address
  /// Where they are sent.
  public let chain: ChainIdentity
  let state: Mutex<State>
  let detail: @Sendable (String) -> Void

  /// Names the journal of an account in a folder with those of all chains; nothing is read or made yet.
  ///
  /// `detail` is told what helps to understand a run, such as who is waited for.
  public init(
    of sender: Address, on chain: ChainIdentity, in folder: FilePath,
    detail: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.sender = sender
    self.chain = chain
    self.detail = detail
    let account = "\(sender)".lowercased()
    let header = ObjectText([
      "version": 1, "chain": .string("\(chain.chainId)"), "genesis": .string("\(chain.genesis)"),
      "sender": .string(account),
    ])
    let path = Self.folder(of: chain, in: folder).appending("\(account).journal")
    state = Mutex(State(file: JournalFile(path, header: header.bytes)))
  }

  private static func folder(of chain: ChainIdentity, in folder: FilePath) -> FilePath {
    folder.appending("\(chain.chainId)-\(chain.genesis)")
  }

  /// The accounts that have a journal on a chain, by their addresses.
  public static func senders(
    on chain: ChainIdentity, in folder: FilePath
  ) throws(Failure) -> [Address] {
    let names: [FilePath.Component]
    do throws(JournalError) {
      names = try JournalFile.names(in: Self.folder(of: chain, in: folder))
    } catch {
      throw Failure(error)
    }
    return names.compactMap { name in
      guard let address = Address(name.stem), "\(address)".lowercased() == name.stem else {
        return nil
      }
      return address
    }
  }

  // MARK: Turns

  /// Does something while nobody else can append: what the turn appends is appended all or not at all.
  ///
  /// Turns of one process follow each other in the order of their calls. Signing belongs into the turn, however slow it
  /// is. What came into the journal may be acted upon once the commit was awaited; nil where there is none to await. A
  /// commit must be awaited: others wait as long. Throws 75 (`journal-locked`) where another process has the lock for so long.
  public func turn<Value>(
    within limit: Duration = .seconds(120), _ body: (inout Turn) throws(Failure) -> Value
  ) async throws(Failure) -> (Value, Commit?) {
    await enter()
    defer { leave() }
    try await lock(within: limit)
    var turn = Turn(self)
    let value = try body(&turn)
    guard let number = try append(turn) else { return (value, nil) }
    return (value, Commit(journal: self, number: number))
  }

  /// Appends what a turn brought; the number of the commit that makes it certain, where that matters.
  private func append(_ turn: Turn) throws(Failure) -> Int? {
    do throws(JournalError) {
      return try state.withLock { state throws(JournalError) in
        if let failure = state.turnFailure {
          state.turnFailure = nil
          throw failure
        }
        // What was found may be another turn's, and not on disk yet.
        guard !turn.texts.isEmpty else {
          return turn.mustLast && state.durable < state.issued ? state.issued : nil
        }
        let extents = try state.file.append(turn.texts)
        for (line, extent) in zip(turn.lines, extents) {
          do throws(TransactionLine.Unreadable) { try state.index.apply(line, at: extent) } catch {
            throw .damaged(state.file.path, nil, .content(error.reason))
          }
        }
        guard turn.mustLast else { return nil }
        state.issued += 1
        return state.issued
      }
    } catch {
      throw Failure(error)
    }
  }

  /// What is awaited before what a turn appended may be acted upon.
  public struct Commit: Sendable {
    let journal: TransactionJournal
    let number: Int

    /// Returns once it is on disk; several share one sync.
    ///
    /// Where it fails nobody knows whether it is: the bytes that were signed must not be thrown away.
    public func value() async throws(Failure) { try await journal.settle(number) }
  }

  // MARK: Marks

  /// Marks entries, each by the number of one of its transactions: their records were written to standard output.
  ///
  /// A mark that gets lost does no harm: the record is only written again by a later `--resume`.
  public func tell(_ numbers: Int...) async {
    do throws(Failure) {
      _ = try await turn(within: .seconds(30)) { turn in for number in numbers { turn.tell(number) }
      }
    } catch {
      detail("\(numbers.count) records are not marked as written: \(error)")
    }
  }

  /// Notes what became of the entry that a transaction belongs to; nothing where the journal does not have it.
  ///
  /// Who has the lock is not waited for long: what is not noted can be found out again.
  public func settle(_ hash: Digest32, _ settlement: JournalledSettlement) async {
    do throws(Failure) {
      _ = try await turn(within: .seconds(2)) { turn in turn.settle(hash, settlement) }
    } catch {
      detail("the end of \(hash) is not noted: \(error)")
    }
  }
}
