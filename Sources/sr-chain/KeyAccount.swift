import Commands
import Ethereum
import Records
import Signing
import Synchronization

/// The account of the chosen key, read once and without its passphrase.
final class KeyAccount: Sendable {
  private let name: String?
  private let world: World
  private let known = Mutex<Address?>(nil)

  init(_ name: String?, in world: World) {
    self.name = name
    self.world = world
  }

  /// Whose transactions they are where neither record nor option says it.
  func address() throws(Failure) -> Address {
    try known.withLock { known throws(Failure) in
      if let known { return known }
      let path = try KeyOptions.path(of: name, in: world)
      do throws(KeyStoreError) {
        let address = try KeyStore.address(at: path)
        known = address
        return address
      } catch { throw Failure(error) }
    }
  }
}
