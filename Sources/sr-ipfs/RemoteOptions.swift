import ArgumentParser
import Commands
import HTTP
import IPFSClients
import Networking
import Records
import Synchronization

/// Which pinning services a verb speaks to.
struct RemoteOptions: ParsableArguments, Sendable {
  @Option(help: "Speak to the pinning service <name>; several may be given.")
  var remote: [String] = []

  func validate() throws {
    guard Set(remote).count == remote.count else {
      throw ValidationError("--remote names a service twice")
    }
  }

  /// Refuses a Kubo node beside services: pins are of the one or the others.
  func check(against kubo: KuboOptions) throws {
    guard remote.isEmpty || kubo.api == nil else {
      throw ValidationError("--remote and --api exclude each other")
    }
  }
}

/// What a service is told of content beside its CID.
struct RemoteRequestOptions: ParsableArguments, Sendable {
  @Option(help: "Tell the service of a peer that has the content: <multiaddr>; up to 20.")
  var origin: [String] = []

  @Option(help: "Have the service keep <key=value> with the pin.")
  var meta: [String] = []

  /// The pairs of `--meta`; 64 for what is no pair.
  func pairs() throws(Failure) -> JSONObject { try Self.pairs(meta) }

  /// Reads pairs; 64 for what is none.
  static func pairs(_ meta: [String]) throws(Failure) -> JSONObject {
    var pairs = JSONObject()
    for text in meta {
      guard let mark = text.firstIndex(of: "="), mark > text.startIndex else {
        throw Failure(.usage, "--meta takes key=value, not \(JSON.string(text).text)")
      }
      pairs[String(text[..<mark])] = .string(String(text[text.index(after: mark)...]))
    }
    return pairs
  }

  /// The addresses; 64 for what is none.
  func origins() throws(Failure) -> [String] {
    for text in origin where !text.hasPrefix("/") {
      throw Failure(
        .usage, "\(JSON.string(text).text) is no multiaddr", hint: "as /ip4/203.0.113.7/tcp/4001")
    }
    guard origin.count <= 20 else { throw Failure(.usage, "--origin is taken 20 times at most") }
    return origin
  }

  var isEmpty: Bool { origin.isEmpty && meta.isEmpty }
}

/// Clients of services, each made when it is first named, so that its token is read once.
final class RemoteClients: Sendable {
  private let world: World
  private let options: HTTPOptions
  private let timeout: Duration?
  private let made = Mutex<[String: PinningClient]>([:])

  init(_ network: NetworkOptions, in world: World) throws(Failure) {
    self.world = world
    options = try network.clientOptions()
    timeout = try network.recordTimeout()
  }

  /// When a record that is begun now is to be given up.
  var deadline: ContinuousClock.Instant? { timeout.map { .now + $0 } }

  subscript(_ name: String) -> PinningClient {
    get throws(Failure) {
      try made.withLock { made throws(Failure) in
        if let client = made[name] { return client }
        let client = PinningClient(try world.pinningService(name), options, in: world)
        made[name] = client
        return client
      }
    }
  }

  /// Makes the clients of some names, so that a wrong one is told before anything is done.
  func check(_ names: [String]) throws(Failure) {
    for name in names { _ = try self[name] }
  }
}
