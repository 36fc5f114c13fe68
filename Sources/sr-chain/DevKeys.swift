import Commands
import Ethereum
import Files
import Records
import Signing

/// The keys of a development chain's accounts, `dev0` and on: published, and so worth nothing.
struct DevKeys {
  private let count: Int
  private let store: KeyStore

  init(count: Int, in world: World) throws(Failure) {
    self.count = count
    store = KeyStore(try world.folders)
  }

  /// Keeps those that are not kept yet; refuses a name that another key has.
  func keep(
    passphrase: borrowing Passphrase, derivation: KeyDerivation
  ) throws(Failure) {
    let wallet = try Self.wallet()
    for index in 0..<count {
      let name = try KeyName(checking: "dev\(index)")
      let key = try Self.key(index, of: wallet)
      if try isKept(name, key.address) { continue }
      let keystore: Keystore
      do throws(KeystoreError) {
        keystore = try Keystore(key, passphrase: passphrase, derivation: derivation)
      } catch {
        throw Failure(error.status, error.description)
      }
      do throws(KeyStoreError) { try store.add(keystore, as: name) } catch { throw Failure(error) }
    }
  }

  /// Whether a name already has this key; throws where it has another.
  private func isKept(_ name: KeyName, _ address: Address) throws(Failure) -> Bool {
    do throws(KeyStoreError) {
      guard try store.names().contains(name) else { return false }
      guard try store.address(of: name) == address else {
        throw .taken(name, store.path(of: name))
      }
      return true
    } catch {
      throw Failure(error)
    }
  }
}

extension DevKeys {
  /// The mnemonic that every development chain uses.
  private static let mnemonic = "test test test test test test test test test test test junk"

  /// The accounts, in order.
  static func addresses(_ count: Int) throws(Failure) -> [Address] {
    let wallet = try wallet()
    var found: [Address] = []
    for index in 0..<count { found.append(try key(index, of: wallet).address) }
    return found
  }

  private static func wallet() throws(Failure) -> ExtendedKey {
    do {
      let words = SecretBytes(copying: Array(mnemonic.utf8).span)
      let none = Passphrase(SecretBytes(copying: [UInt8]().span))
      return try ExtendedKey(seed: Mnemonic(parsing: words).seed(passphrase: none))
    } catch {
      throw Failure(.internalError, "the published mnemonic has no key: \(error)")
    }
  }

  private static func key(
    _ index: Int, of wallet: borrowing ExtendedKey
  ) throws(Failure) -> PrivateKey {
    do {
      return try wallet.derived(DerivationPath(parsing: "m/44'/60'/0'/0/\(index)")).privateKey()
    } catch {
      throw Failure(.internalError, "the published mnemonic has no key \(index): \(error)")
    }
  }
}
