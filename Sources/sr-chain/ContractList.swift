import ArgumentParser
import Commands
import EthereumRPC
import Records
import SystemPackage

struct ContractList: Command {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Tell the contracts that have names here, on all chains.")
  static let verb = "contract list"

  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let registry = ContractRegistry(try world.folders)
    let paths: [FilePath]
    do throws(ContractRegistryError) { paths = try registry.paths() } catch {
      throw Failure(error)
    }
    var status = Failure.Status.done
    for path in paths {
      var record: Record
      do throws(ContractRegistryError) {
        guard let contract = try registry.read(path) else { continue }
        record = Contract.record(contract, at: path)
      } catch {
        // One file that is spoiled hides no other contract.
        let failure = Failure(error)
        world.report(failure)
        if status == .done { status = failure.status }
        record = Record([
          "contract": ["name": .string(path.stem ?? ""), "path": .string("\(path)")],
          "error": failure.member(tool: world.tool, verb: Self.verb),
        ])
      }
      try world.write(record)
    }
    return status
  }
}
