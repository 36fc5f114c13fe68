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
    for index in 0..<count {
      let name = try KeyName(checking: "dev\(index)")
      let key = try Self.key(index)
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
}

extension DevKeys {
  /// The accounts, in order.
  static func addresses(_ count: Int) throws(Failure) -> [Address] {
    var found: [Address] = []
    for index in 0..<count { found.append(try key(index).address) }
    return found
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

  private static func key(_ index: Int) throws(Failure) -> PrivateKey {
    do throws(PrivateKeyError) {
      return try PrivateKey(hex: SecretBytes(copying: Array(published[index].utf8).span))
    } catch {
      throw Failure(.internalError, "a published key is none: \(error)")
    }
  }

  // m/44'/60'/0'/0/i of the mnemonic "test test test test test test test test test test test junk".
  private static let published = [
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
    "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
    "7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
    "47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a",
    "8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba",
    "92db14e403b83dfe3df233f83dfa3a0d7096f21ca9b0d6d6b8d88b2b4ec1564e",
    "4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356",
    "dbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97",
    "2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6",
  ]
}
