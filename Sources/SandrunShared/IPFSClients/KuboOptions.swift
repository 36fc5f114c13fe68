public import ArgumentParser
public import Commands
internal import Files
internal import HTTP
public import Networking
public import Records
internal import SystemPackage

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

  /// The nodes that the words of a flag name: addresses, or `api`; throws 64 for one that is named twice.
  public func nodes(
    _ words: [String], of flag: String = "--to", in world: World, _ network: NetworkOptions
  ) throws(Failure) -> [KuboRPC] {
    var places: [KuboSecretOptions.Place] = []
    for word in words {
      let place = try word == Self.usual ? required(in: world) : self.place(word, in: world)
      guard !places.contains(where: { $0.address == place.address }) else {
        throw Failure(.usage, "\(flag) names \(place.address) twice")
      }
      places.append(place)
    }
    return try secret.clients(of: places, in: world, network)
  }

  /// Refuses what is no address of a node.
  public func validate() throws {
    if let api { try KuboSecretOptions.check(api, "--api") }
  }

  /// The node asked for, or else the one whose daemon left its address in `$IPFS_PATH/api`; nil where there is neither.
  public func found(
    in world: World, _ network: NetworkOptions
  ) throws(Failure) -> KuboRPC? {
    let place = try found(in: world)
    return try secret.clients(of: place.map { [$0] } ?? [], in: world, network).first
  }

  /// As `found`; what a daemon left that is no address of a node keeps nobody from what is here, and is told of with `-v` alone.
  public func usual(
    in world: World, _ network: NetworkOptions
  ) throws(Failure) -> KuboRPC? {
    if try named(in: world) == nil {
      do throws(Failure) { _ = try found(in: world) } catch {
        world.detail(error.message)
        return nil
      }
    }
    return try found(in: world, network)
  }

  /// As `found`; 78 where there is none.
  public func required(in world: World, _ network: NetworkOptions) throws(Failure) -> KuboRPC {
    try nodes([Self.usual], in: world, network)[0]
  }

  // MARK: Where it is

  private func required(in world: World) throws(Failure) -> KuboSecretOptions.Place {
    if let place = try found(in: world) { return place }
    throw Failure(
      .configuration, "no Kubo node is named, and none left its address in ~/.ipfs/api",
      code: "no-node", hint: "give --api or SANDRUN_IPFS_API, or start one: ipfs daemon")
  }

  /// By `--api`, `SANDRUN_IPFS_API` or the configuration; nil where none is.
  private func named(in world: World) throws(Failure) -> KuboSecretOptions.Place? {
    if let api, api != Self.usual { return try place(api, in: world) }
    guard let text = try world.setting(.ipfsAPI) else { return nil }
    return try KuboSecretOptions.Place(usual: text)
  }

  private func found(in world: World) throws(Failure) -> KuboSecretOptions.Place? {
    if let named = try named(in: world) { return named }
    guard let file = Self.addressFile(in: world), (try? Files.status(file)) != nil else {
      return nil
    }
    let bytes: [UInt8]
    do { bytes = try Files.readRegular(file, limit: 4096) } catch {
      throw Failure(.configuration, "\(error)")
    }
    let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    return try KuboSecretOptions.Place(usual: text, from: file)
  }

  /// What a flag names; the usual node all the same where it is its address.
  private func place(
    _ text: String, in world: World
  ) throws(Failure) -> KuboSecretOptions.Place {
    let address: KuboAddress
    do { address = try KuboAddress(text) } catch {
      throw Failure(
        .usage,
        "\(JSON.string(HTTPURLError.withoutCredentials(text)).text) is no address of a Kubo node: \(error)"
      )
    }
    let setting = try world.setting(.ipfsAPI).flatMap { try? KuboAddress($0) }
    return KuboSecretOptions.Place(address, isUsual: setting?.origin == address.origin)
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
