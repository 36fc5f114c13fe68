import ArgumentParser
import Commands
import EthereumRPC
import Records
import SystemPackage

/// The verbs on the contracts that have names here.
struct Contract: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give contracts names.",
    discussion: """
      A name stands for an address on one chain, and for the contract's ABI. Other verbs take NAME \
      where they take an address, and NAME.METHOD where they take a function.
      """,
    subcommands: [ContractAdd.self, ContractList.self, ContractRemove.self])

  /// The record of one contract.
  static func record(_ contract: RegisteredContract, at path: FilePath) -> Record {
    var summary = contract.summary
    summary["path"] = .string("\(path)")
    return Record(["contract": .object(summary)])
  }
}

extension ContractName {
  /// A name on the command line.
  static func checked(_ text: String) throws(Failure) -> ContractName {
    guard let name = ContractName(text) else {
      throw Failure(
        .usage, "'\(text)' is no name for a contract",
        hint: "a name has letters, digits, '_' and '-', and starts with neither '-' nor '0x'")
    }
    return name
  }
}
