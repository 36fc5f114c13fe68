import ArgumentParser
import Commands
import IPFS
import Marketplace
import Records

/// The verbs on what the repository keeps.
struct PinVerbs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin", abstract: "Say what is kept: here, by a Kubo node or by pinning services.",
    discussion: """
      Without --api or --remote the pins are the repository's. What is pinned, and for a recursive pin all that it leads to, stays when the repository is swept by sr-ipfs repo gc.
      """,
    subcommands: [PinAdd.self, PinRemove.self, PinList.self, PinWait.self])

  /// What a record says of a pin of one's own.
  static func member(_ pin: Pin) -> JSON {
    var members: JSONObject = ["type": .string(pin.mode.rawValue)]
    if let name = pin.name, !name.isEmpty { members["name"] = .string(name) }
    return .object(members)
  }

  /// The CID that an operand names; a path below one is followed.
  static func cid(_ operand: String, in repository: Repository) throws(Failure) -> CID {
    try Content(operand, in: repository).cid
  }

  /// A pin's name, where it is none that a pin may have.
  static func check(name: String?) throws(Failure) {
    guard let name, name.utf8.count > Pin.maximumNameLength else { return }
    throw Failure(PinError.nameTooLong(name.utf8.count))
  }
}
