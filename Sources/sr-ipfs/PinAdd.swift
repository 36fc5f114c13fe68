import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Networking
import Records
import Synchronization

/// `sr-ipfs pin add`: what is here already is kept from now on.
struct PinAdd: StreamingCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Keep content that is in the repository.",
    discussion: """
      $ sr-ipfs pin add --name pictures bafybei…
      """)
  static let verb = "pin add"
  static let operandMember: String? = "cid"

  @Option(
    defaultAsFlag: true,
    help: "Keep all that a CID leads to, the default, or, with =false, its block alone.")
  var recursive: Bool?

  @Option(help: "Call the pins <name>; an empty one takes a name away.")
  var name: String?

  @OptionGroup var kubo: KuboOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    try PinVerbs.check(name: name)
    let repository = try Content.repository(in: world)
    if kubo.api != nil {
      let pins = try KuboPins(kubo, network, repository, in: world)
      return try await pipeline(in: world).run { input, emitter throws(Failure) in
        try emitter.emit(
          try await pins.add(input, isRecursive: recursive ?? true, name: name))
      }
    }
    let checked = Mutex<[Pin]>([])
    // The pins of a batch are on disk before the first of them is written out.
    return try await pipeline(in: world).run(
      commit: { () throws(Failure) in
        let pins = checked.withLock { checked in
          defer { checked = [] }
          return checked
        }
        do throws(PinError) { try repository.pins.add(pins) } catch { throw Failure(error) }
      }
    ) { input, emitter throws(Failure) in
      let operand = try input.operand("cid")
      let pin = Pin(
        try PinVerbs.cid(operand, in: repository), mode: recursive ?? true ? .recursive : .direct,
        name: name)
      do throws(PinError) { try repository.pins.check(pin) } catch { throw Failure(error) }
      checked.withLock { $0.append(pin) }
      try emitter.emit(input.setting("pin", to: PinVerbs.member(pin)))
    }
  }
}
