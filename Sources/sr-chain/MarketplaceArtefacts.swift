import ABI
import Commands
import Marketplace
import Records
import SystemPackage

/// What makes the contracts of the marketplace: an artefact each, `NAME.json`.
struct MarketplaceArtefacts {
  /// Bytecode and ABI of one contract.
  struct Artefact: Sendable {
    var contract: MarketplaceContract
    var bytes: [UInt8]
    var definitions: JSON
    var abi: ContractABI
  }

  /// One for each contract, in their order.
  let all: [Artefact]

  /// Reads them in a folder, else in the one that comes with the tools.
  ///
  /// Throws 78 where the tools come without, 65 where one is no such artefact.
  init(folder: String?, in world: World) throws(Failure) {
    let folder = if let folder { FilePath(folder) } else { try Self.installed(in: world) }
    var all: [Artefact] = []
    for contract in MarketplaceContract.allCases {
      let file = folder.appending("\(contract.name).json").string
      let code = try ContractCode(file: file, isRegular: true)
      guard let definitions = code.definitions else {
        throw Failure(
          .data, "\(file) tells no ABI", hint: "an artefact has \"abi\" and \"bytecode\"")
      }
      do throws(ABIError) {
        all.append(
          Artefact(
            contract: contract, bytes: code.bytes, definitions: definitions,
            abi: try ContractABI(json: definitions)))
      } catch {
        throw Failure(.data, "\(file): \(error)")
      }
    }
    self.all = all
  }

  private static func installed(in world: World) throws(Failure) -> FilePath {
    let folder: FilePath = "marketplace"
    let files = MarketplaceContract.allCases.map { folder.appending("\($0.name).json") }
    let place = Libexec.place(holding: files[0], in: world)
    let missing = files.first { file in
      place.map { !Libexec.isThere($0.pushing(file)) } ?? true
    }
    guard let place, missing == nil else {
      throw Failure(
        .configuration, "the marketplace's contracts are not installed: no \(missing ?? folder)",
        hint: "let SANDRUN_LIBEXEC name the folder that holds marketplace, or give --contracts")
    }
    return place.pushing(folder)
  }
}
