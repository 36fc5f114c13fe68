import Commands
import Ethereum
import EthereumRPC
import Records
import Signing

/// The key of a stream: unlocked once, and only where something must be signed.
actor SendingKey {
  private let options: KeyOptions
  private let world: World
  private var unlocked: Result<Signer, Failure>?

  init(_ options: KeyOptions, in world: World) {
    self.options = options
    self.world = world
  }

  /// The key as the sender of transactions asks for it.
  nonisolated func key() -> TransactionSender.Key {
    let account = KeyAccount(options.key, in: world)
    return TransactionSender.Key(
      address: account.address, prepare: { await self.prepare() },
      sign: { (transaction, sender) throws(Failure) in
        try await self.sign(transaction, of: sender)
      })
  }

  /// Unlocks while the node is asked; but nobody is asked for a passphrase before it is certain that one is needed.
  private func prepare() {
    guard unlocked == nil,
      let source = try? options.passphrase.source(in: world, prompt: "")
    else { return }
    if case .terminal = source { return }
    _ = signer()
  }

  private func sign(
    _ transaction: Transaction, of sender: Address
  ) throws(Failure) -> SignedTransaction {
    let signer = try signer().get()
    guard signer.address == sender else {
      throw Failure(
        .permission, "the transaction is from \(sender), and the key is that of \(signer.address)",
        code: "another-key", hint: "choose the key with --key")
    }
    return signer.sign(transaction)
  }

  private func signer() -> Result<Signer, Failure> {
    if let unlocked { return unlocked }
    let result: Result<Signer, Failure>
    do throws(Failure) { result = .success(try options.signer(in: world)) } catch {
      result = .failure(error)
    }
    unlocked = result
    return result
  }
}
