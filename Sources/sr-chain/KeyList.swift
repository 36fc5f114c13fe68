import ArgumentParser
import Commands
import Ethereum
import Records
import Signing

struct KeyList: Command {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Tell the keys that are kept here.")
  static let verb = "key list"

  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let store = KeyStore(try world.folders)
    let names: [KeyName]
    do throws(KeyStoreError) { names = try store.names() } catch { throw Failure(error) }
    var status = Failure.Status.done
    for name in names {
      let path = store.path(of: name)
      var record = Key.record(name, nil, at: path)
      do throws(KeyStoreError) {
        record = Key.record(name, try store.keystore(name).address, at: path)
      } catch {
        // One file that is spoiled hides no other key.
        let failure = Failure(error)
        world.report(failure)
        if status == .done { status = failure.status }
        record = record.setting("error", to: failure.member(tool: world.tool, verb: Self.verb))
      }
      try world.write(record)
    }
    return status
  }
}
