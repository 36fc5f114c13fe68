import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Networking
import Records

/// `sr-ipfs pin add`: content is kept from now on; what of it is not here is fetched before.
struct PinAdd: StreamingCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Keep content, fetching what is not here.",
    discussion: """
      $ sr-ipfs pin add --name pictures bafybei…
      """)
  static let verb = "pin add"
  static let operandMember: String? = "cid"
  static let switches = ["--recursive"]

  @Option(
    defaultAsFlag: true, parsing: .next,
    help: "Keep all that a CID leads to, the default, or, with =false, its block alone.")
  var recursive: Bool?

  @Option(help: "Call the pins <name>; an empty one takes a name away.")
  var name: String?

  @Option(help: "Have the service put the content in the place of what its <request> is for.")
  var replace: String?

  @OptionGroup var remotes: RemoteOptions
  @OptionGroup var told: RemoteRequestOptions
  @OptionGroup var source: SourceOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  var kubo: KuboOptions { source.kubo }
  var network: NetworkOptions { source.network }

  func validate() throws {
    try remotes.check(against: kubo)
    if kubo.api != nil || !remotes.remote.isEmpty, let option = source.named.first {
      let other = kubo.api == nil ? "--remote" : "--api"
      throw ValidationError(
        "\(option) goes with pins of the repository here: who \(other) names fetches for himself")
    }
    if remotes.remote.isEmpty {
      guard told.isEmpty, replace == nil else {
        throw ValidationError("--origin, --meta and --replace go with --remote")
      }
    } else if recursive == false {
      throw ValidationError(
        "a service keeps all that a CID leads to: --recursive=false is not for it")
    }
    guard replace == nil || remotes.remote.count == 1 else {
      throw ValidationError("--replace names a request of one service")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    try PinVerbs.check(name: name)
    let progress = try progress.begin(Self.verb, in: world)
    defer { progress.finish() }
    let world = progress.world
    if !remotes.remote.isEmpty { return try await addRemotely(in: world, progress) }
    let repository = try Content.repository(in: world)
    if kubo.api != nil {
      let pins = try KuboPins(kubo, network, repository, in: world)
      return try await pipeline(in: world).run { input, emitter throws(Failure) in
        let pinned = try await progress.following(input) { (_) async throws(Failure) in
          try await pins.add(input, isRecursive: recursive ?? true, name: name)
        }
        try emitter.emit(pinned)
      }
    }
    let sources = try source.sources(of: repository, in: world)
    let batch = repository.batch()
    defer { batch.close() }
    let checked = PinQueue()
    // The pins of a batch are on disk before the first of them is written out.
    return try await pipeline(in: world).run(
      commit: { () throws(Failure) in
        do throws(PinError) { try checked.commit(into: batch) } catch { throw Failure(error) }
      }
    ) { input, emitter throws(Failure) in
      let pin = try await progress.following(input) { (count) async throws(Failure) -> Pin in
        try await self.pin(try input.operand("cid"), from: sources, batch, count, in: world)
      }
      checked.append(pin)
      try emitter.emit(input.setting("pin", to: PinVerbs.member(pin)))
    }
  }

  private func addRemotely(
    in world: World, _ progress: Progress
  ) async throws(Failure) -> Failure.Status {
    var adding = try RemoteAdding(remotes, told, network, in: world)
    adding.name = name.flatMap { $0.isEmpty ? nil : $0 }
    adding.replaced = replace
    let services = adding
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let operand = try input.operand("cid")
      let cid =
        if let cid = try? CID(parsing: operand) { cid } else {
          try PinVerbs.cid(operand, in: Content.repository(in: world))
        }
      let told = try await progress.following(input) { (_) async throws(Failure) in
        try await services.add([cid], input, emitter)
      }
      try emitter.emit(told)
    }
  }
}
