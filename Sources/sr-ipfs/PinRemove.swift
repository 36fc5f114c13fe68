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

  @OptionGroup var remotes: RemoteOptions
  @OptionGroup var kubo: KuboOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, a path below one: <cid>/a/b, or a request of a service.")
  var operands: [String] = []

  func validate() throws { try remotes.check(against: kubo) }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    if !remotes.remote.isEmpty {
      let services = try RemoteListing(remotes, network, in: world)
      return try await pipeline(in: world).run { input, emitter throws(Failure) in
        try emitter.emit(try await services.remove(input, emitter))
      }
    }
    let repository = try Content.repository(in: world)
    let pins = kubo.api == nil ? nil : try KuboPins(kubo, network, repository, in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      if let pins {
        try emitter.emit(try await pins.remove(input))
      } else {
        try emitter.emit(try remove(input, from: repository))
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
