import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Networking
import Records

/// `sr-ipfs pin rm`: what is no longer kept; its blocks stay until the next sweep.
struct PinRemove: StreamingCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Keep content no longer.",
    discussion: """
      Its blocks stay until sr-ipfs repo gc.

      $ sr-ipfs pin list --name old- | sr-ipfs pin rm
      """)
  static let verb = "pin rm"
  static let operandMember: String? = "cid"

  @OptionGroup var holders: PinHolderOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, a path below one: <cid>/a/b, or a request of a service.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let holder = try holders.holder(in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      switch holder {
      case .repository(let repository): try emitter.emit(try remove(input, from: repository))
      case .node(let pins): try emitter.emit(try await pins.remove(input))
      case .services(let services): try emitter.emit(try await services.remove(input, emitter))
      }
    }
  }

  private func remove(
    _ input: Record, from repository: Repository
  ) throws(Failure) -> Record {
    let cid = try PinVerbs.cid(try input.operand("cid"), in: repository)
    do { try repository.pins.remove([cid]) } catch { throw Failure(error) }
    return input.removing("pin")
  }
}
