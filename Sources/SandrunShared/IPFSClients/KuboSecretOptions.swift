public import ArgumentParser
internal import Commands
internal import HTTP
internal import Networking
internal import Records
internal import SystemPackage

/// Where the secrets of Kubo nodes lie, and whom they are told.
public struct KuboSecretOptions: ParsableArguments, Sendable {
  /// A file of lines.
  @Option(
    help:
      "Read what the Kubo node wants to be told of us from <file>: bearer:<token> or basic:<user>:<password>.",
    completion: .file())
  public var apiAuth: String?

  /// Whether others on the way may read it.
  @Flag(help: "Tell it over plain http, too, to a node that is not on this machine.")
  public var apiAuthHTTP = false

  /// Made by ArgumentParser.
  public init() {}

  /// A node that a run speaks to.
  struct Place {
    var address: KuboAddress
    /// Whether it is the one of the environment, of the configuration or of a daemon's own file.
    var isUsual: Bool

    init(_ address: KuboAddress, isUsual: Bool) {
      self.address = address
      self.isUsual = isUsual
    }

    /// Reads the address that a setting, or a file, holds; 78 for what is none.
    init(usual text: String, from file: FilePath? = nil) throws(Failure) {
      do { self.init(try KuboAddress(text), isUsual: true) } catch {
        throw Failure(
          .configuration,
          "\(file.map { "\($0) holds" } ?? "the setting is") \(JSON.string(HTTPURLError.withoutCredentials(text)).text), no address of a Kubo node: \(error)"
        )
      }
    }
  }

  /// Clients of all nodes that a run speaks to; the secrets are read once.
  ///
  /// A secret is told the node whose address stands before it. One without an address is told one node: with `--api-auth` the one
  /// that is spoken to, else the usual one. Throws 78 where it would be for several, or could be read on the way.
  func clients(
    of places: [Place], in world: World, _ network: NetworkOptions
  ) throws(Failure) -> [KuboRPC] {
    let file = try world.setting(.ipfsAPIAuth, flag: apiAuth)
    let secrets =
      try file.map { (file) throws(Failure) in
        try KuboSecrets(file: FilePath(file))
      } ?? KuboSecrets()
    var taker: KuboAddress?
    return try places.map { (place) throws(Failure) in
      var credential = secrets.credential(for: place.address)
      if credential == nil, let bare = secrets.bare, apiAuth != nil || place.isUsual {
        if let taker {
          throw Failure(
            .configuration,
            "\(file ?? "") has one secret without an address, for \(taker) or for \(place.address)",
            code: "whose-secret", hint: "put the address of its node, and a space, before a secret")
        }
        taker = place.address
        credential = bare
      }
      if credential != nil { try check(place.address) }
      return KuboRPC(
        place.address, credential, options: try network.clientOptions(),
        timeout: try network.recordTimeout(), world)
    }
  }

  private func check(_ address: KuboAddress) throws(Failure) {
    guard address.base.scheme != "https", !address.base.isOfThisMachine, !apiAuthHTTP else {
      return
    }
    throw Failure(
      .configuration, "no secret is sent to the Kubo node \(address) in the clear",
      code: "insecure",
      hint: "use https, or a tunnel to this machine; --api-auth-http sends it all the same")
  }

  /// Throws what ArgumentParser shows for an option that is no address of a node.
  public static func check(_ text: String, _ flag: String) throws {
    guard text != KuboOptions.usual else { return }
    do throws(KuboAddress.Refusal) { _ = try KuboAddress(text) } catch {
      throw ValidationError(
        "\(flag): '\(HTTPURLError.withoutCredentials(text))' is no address of a Kubo node: \(error)"
      )
    }
  }
}
