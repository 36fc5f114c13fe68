import ArgumentParser
import Commands
import Ethereum
import Records
import Signing

struct KeyNew: Command {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a key from random numbers.")
  static let verb = "key new"

  @Argument(help: "What to call it (else SANDRUN_KEY, else 'default').")
  var name: String?

  @Flag(help: "Lock it in milliseconds, not a second: for tests, since it hardly protects.")
  var light = false

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let name = try KeyName.chosen(name, in: world)
    let store = KeyStore(try world.folders)
    do throws(KeyStoreError) { try store.refuseTaken(name) } catch { throw Failure(error) }
    let passphrase = try passphrase.read(
      in: world, prompt: "Passphrase for the new key '\(name)': ", isNew: true)
    try world.keep(
      .random(), as: name, passphrase: passphrase, derivation: light ? .light : .standard)
    return .done
  }
}
