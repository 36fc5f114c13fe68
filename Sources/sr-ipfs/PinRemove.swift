import ArgumentParser
import Commands
import IPFS
import Marketplace
import Records

/// `sr-ipfs pin rm`: what is no longer kept; its blocks stay until the next sweep.
struct PinRemove: RecordVerb {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Keep content no longer.",
    discussion: """
      Its blocks stay until sr-ipfs repo gc.

      $ sr-ipfs pin list --name old- | sr-ipfs pin rm
      """)
  static let verb = "pin rm"
  static let operandMember: String? = "cid"

  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func process(_ input: Record, in world: World) throws(Failure) -> Record {
    let repository = try Content.repository(in: world)
    let cid = try PinVerbs.cid(try input.operand("cid"), in: repository)
    do { try repository.pins.remove([cid]) } catch { throw Failure(error) }
    return input.removing("pin")
  }
}
