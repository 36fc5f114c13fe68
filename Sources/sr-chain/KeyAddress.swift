import ArgumentParser
import Commands
import Ethereum
import Records
import Signing

struct KeyAddress: Command {
  static let configuration = CommandConfiguration(
    commandName: "address", abstract: "Tell the address of a key, without its passphrase.")
  static let verb = "key address"

  @Argument(help: "Which key (else SANDRUN_KEY, else 'default').")
  var name: String?

  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let name = try KeyName.chosen(name, in: world)
    let store = KeyStore(try world.folders)
    let address: Address
    do throws(KeyStoreError) { address = try store.address(of: name) } catch {
      throw Failure(error)
    }
    try world.write(Key.record(name, address, at: store.path(of: name)))
    return .done
  }
}
