public import Commands
public import Ethereum
public import Hashing
public import Records
internal import Synchronization

/// Who signs for a whole stream: a key that is unlocked once, when the first signature is wanted, or a command.
public final class Signatory: Sendable {
  enum Source: Sendable {
    case key(KeyOptions)
    case unlocked(Signer)
    case command(ExternalSigner)
  }

  private struct State {
    var address: Result<Address, Failure>?
    var signer: Result<Signer, Failure>?
  }

  private let source: Source
  private let from: Address?
  private let world: World
  private let state = Mutex(State())

  init(_ source: Source, from: Address?, in world: World) {
    self.source = source
    self.from = from
    self.world = world
  }

  /// One who signs with a key that is unlocked already.
  public convenience init(_ signer: Signer, in world: World) {
    self.init(.unlocked(signer), from: nil, in: world)
  }

  /// The account that will sign, without a passphrase; 77 where another one is wanted.
  ///
  /// For an external signer it is the wanted one, else that of `--from`; 65 where there is neither.
  public func account(wanted: Address? = nil) throws(Failure) -> Address {
    if let wanted, let from, wanted != from {
      throw Failure(.permission, "the account \(wanted) is to sign, not \(from) of --from")
    }
    if case .unlocked(let signer) = source { return try Self.check(signer.address, wanted) }
    guard case .key(let options) = source else {
      guard let account = wanted ?? from else {
        throw Failure(
          .data, "which account is to sign is not said",
          hint: "an external signer needs 'from' in the record, or --from")
      }
      return account
    }
    let address = try state.withLock { state in
      if let known = state.address { return known }
      let found = Self.result { () throws(Failure) in try Self.address(options, in: world) }
      state.address = found
      return found
    }.get()
    return try Self.check(address, wanted ?? from)
  }

  private static func check(_ address: Address, _ wanted: Address?) throws(Failure) -> Address {
    guard let account = wanted, account != address else { return address }
    throw Failure(
      .permission, "the account \(account) is to sign, and the key is of \(address)",
      hint: "choose that account's key with --key, or a signer with --signer")
  }

  private static func address(
    _ options: KeyOptions, in world: World
  ) throws(Failure) -> Address {
    do throws(Failure) { return try options.address(in: world) } catch {
      // A file may keep its account private: then unlocking tells.
      guard error.status == .data, let keystore = try? options.keystore(in: world),
        keystore.address == nil
      else { throw error }
      return try options.signer(in: world).address
    }
  }

  /// Unlocks the key beforehand, while something else is waited for; what fails is thrown by `sign`.
  ///
  /// Nothing happens where a person is asked for the passphrase, or where a command signs.
  public func prepare() {
    guard case .key(let options) = source,
      let passphrase = try? options.passphrase.source(in: world, prompt: "")
    else { return }
    if case .terminal = passphrase { return }
    _ = unlocked(options)
  }

  /// Unlocks the key where one signs, so that no stream is read in vain; asks for the passphrase.
  public func unlock() throws(Failure) {
    if case .key(let options) = source { _ = try unlocked(options).get() }
  }

  private func unlocked(_ options: KeyOptions) -> Result<Signer, Failure> {
    state.withLock { state in
      if let known = state.signer { return known }
      let found = Self.result { () throws(Failure) in try options.signer(in: world) }
      state.signer = found
      if case .success(let signer) = found { state.address = .success(signer.address) }
      return found
    }
  }

  /// Signs a digest as an account; the record is what an external signer is shown.
  public func sign(
    _ digest: Digest32, as account: Address, of record: Record
  ) throws(Failure) -> Signature {
    switch source {
    case .command(let command):
      return try command.sign(digest, by: account, of: record, in: world)
    case .unlocked(let signer):
      return try signer.sign(digest, as: account)
    case .key(let options):
      return try unlocked(options).get().sign(digest, as: account)
    }
  }

  /// Signs a transaction as the account of its record's `from`, or as the only one there is.
  public func sign(
    _ transaction: Transaction, from: Address?, of record: Record
  ) throws(Failure) -> SignedTransaction {
    let account = try account(wanted: from)
    let signature = try sign(transaction.digest, as: account, of: record)
    return SignedTransaction(transaction, signature, signedBy: account)
  }

  private static func result<Value>(
    _ body: () throws(Failure) -> Value
  ) -> Result<Value, Failure> {
    do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
  }
}

extension Signer {
  /// Signs as an account, which must be its own: 77.
  fileprivate func sign(_ digest: Digest32, as account: Address) throws(Failure) -> Signature {
    guard address == account else {
      throw Failure(.permission, "the key is of \(address), not of \(account)")
    }
    return sign(digest)
  }
}
