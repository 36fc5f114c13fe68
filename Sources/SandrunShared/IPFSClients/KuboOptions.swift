public import ArgumentParser
public import Commands
internal import Files
public import Networking
public import Records
public import SystemPackage

/// Which Kubo node a verb speaks to, and what it is told of who we are.
public struct KuboOptions: ParsableArguments, Sendable {
  /// The node.
  @Option(
    help:
      "Speak to the Kubo node at <address>: a URL, /ip4/127.0.0.1/tcp/5001, or api for the usual one."
  )
  public var api: String?

  /// Where its secret lies.
  @OptionGroup public var secret: KuboSecretOptions

  /// Made by ArgumentParser.
  public init() {}

  /// The word for the node that the environment, the configuration or a daemon's own file names.
  public static let usual = "api"

  /// The nodes that words name: addresses, or `api`; throws 64 for one that is named twice.
  public func nodes(
    _ words: [String], in world: World, _ network: NetworkOptions
  ) throws(Failure) -> [KuboRPC] {
    var nodes: [KuboRPC] = []
    for word in words {
      let node =
        try word == Self.usual
        ? required(in: world, network) : secret.node(word, in: world, network)
      guard !nodes.contains(where: { $0.address == node.address }) else {
        throw Failure(.usage, "--to names \(node.name) twice")
      }
      nodes.append(node)
    }
    return nodes
  }

  /// Refuses what is no address of a node.
  public func validate() throws {
    if let api { try KuboSecretOptions.check(api, "--api") }
  }

  /// The node asked for, by `--api`, `SANDRUN_IPFS_API` or the configuration; nil where none is.
  public func named(
    in world: World, _ network: NetworkOptions
  ) throws(Failure) -> KuboRPC? {
    let flag = api == Self.usual ? nil : api
    guard let text = try world.setting(.ipfsAPI, flag: flag) else { return nil }
    return try secret.node(text, in: world, network)
  }

  /// The node asked for, or else the one whose daemon left its address in `$IPFS_PATH/api`; nil where there is neither.
  public func found(
    in world: World, _ network: NetworkOptions
  ) throws(Failure) -> KuboRPC? {
    if let named = try named(in: world, network) { return named }
    guard let file = Self.addressFile(in: world), (try? Files.status(file)) != nil else {
      return nil
    }
    let bytes: [UInt8]
    do { bytes = try Files.readRegular(file, limit: 4096) } catch {
      throw Failure(.configuration, "\(error)")
    }
    let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    return try secret.node(text, in: world, network, from: file)
  }

  /// As `found`; what a daemon left that is no address of a node keeps nobody from what is here, and is told of with `-v` alone.
  public func usual(
    in world: World, _ network: NetworkOptions
  ) throws(Failure) -> KuboRPC? {
    if let named = try named(in: world, network) { return named }
    do throws(Failure) { return try found(in: world, network) } catch {
      world.detail(error.message)
      return nil
    }
  }

  /// As `found`; 78 where there is none.
  public func required(in world: World, _ network: NetworkOptions) throws(Failure) -> KuboRPC {
    if let node = try found(in: world, network) { return node }
    throw Failure(
      .configuration, "no Kubo node is named, and none left its address in ~/.ipfs/api",
      code: "no-node", hint: "give --api or SANDRUN_IPFS_API, or start one: ipfs daemon")
  }

  /// What a daemon writes its address into.
  private static func addressFile(in world: World) -> FilePath? {
    if let path = world.environment["IPFS_PATH"], !path.isEmpty {
      return FilePath(path).appending("api")
    }
    guard let home = world.environment["HOME"], home.hasPrefix("/") else { return nil }
    return FilePath(home).appending(".ipfs/api")
  }
}

/// Where the secrets of Kubo nodes lie.
public struct KuboSecretOptions: ParsableArguments, Sendable {
  /// A file of lines.
  @Option(
    help:
      "Read what Kubo nodes want to be told of us from <file>: bearer:<token> or basic:<user>:<password>.",
    completion: .file())
  public var apiAuth: String?

  /// Made by ArgumentParser.
  public init() {}

  /// A client of the node at an address; throws 64 or, where a file names it, 78 for what is none.
  public func node(
    _ text: String, in world: World, _ network: NetworkOptions, from file: FilePath? = nil
  ) throws(Failure) -> KuboRPC {
    let address: KuboAddress
    do { address = try KuboAddress(text) } catch {
      throw Failure(
        .configuration,
        "\(file.map { "\($0) holds" } ?? "the setting is") \(JSON.string(text).text), no address of a Kubo node: \(error)"
      )
    }
    return KuboRPC(
      address, try secrets(in: world), options: try network.clientOptions(),
      timeout: try network.recordTimeout(), world)
  }

  private func secrets(in world: World) throws(Failure) -> KuboSecrets {
    guard let file = try world.setting(.ipfsAPIAuth, flag: apiAuth) else { return KuboSecrets() }
    return try KuboSecrets(file: FilePath(file))
  }

  /// Throws what ArgumentParser shows for an option that is no address of a node.
  public static func check(_ text: String, _ flag: String) throws {
    guard text != KuboOptions.usual else { return }
    do throws(KuboAddress.Refusal) { _ = try KuboAddress(text) } catch {
      throw ValidationError("\(flag): '\(text)' is no address of a Kubo node: \(error)")
    }
  }
}
