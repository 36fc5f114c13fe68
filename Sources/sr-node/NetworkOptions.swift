import ArgumentParser
import Commands
import Files
import NodeEngine
import NodeServer
import Records
import SystemPackage

/// The options of `serve` that say where it listens, and bound those who call.
struct NetworkOptions: ParsableArguments {
  @Option(help: "Listen on <address:port>; port 0 is any that is free.")
  var listen = "127.0.0.1:8443"

  @Option(help: "Answer requests that call this node <name>, too, where it listens on loopback.")
  var hostName: [String] = []

  @Option(help: "Hold up to <n> connections.")
  var maxConnections = 512

  @Option(help: "Give a new connection <time> for the head of its request.")
  var headerTimeout = "10s"

  @Option(help: "Close a connection on which nothing happened for <time>.")
  var idleTimeout = "60s"

  @Option(help: "Refuse uploads of more than <size>.")
  var maxUpload = "16GiB"

  @Option(help: "Refuse uploads of more than <n> files.")
  var maxFiles = 100_000

  func validate() throws {
    _ = try Self.parse(listen)
    guard (1...1_000_000).contains(maxConnections) else {
      throw ValidationError("--max-connections takes 1 to 1000000")
    }
    guard (1...10_000_000).contains(maxFiles) else {
      throw ValidationError("--max-files takes 1 to 10000000")
    }
    _ = try Bounds.seconds(headerTimeout, "--header-timeout")
    _ = try Bounds.seconds(idleTimeout, "--idle-timeout")
    _ = try Bounds.bytes(maxUpload, "--max-upload")
  }

  /// The server's options.
  func options(
    uploads: FilePath, programs: NodePrograms, in world: World
  ) throws(Failure) -> ServerOptions {
    var options = ServerOptions(
      uploads: uploads, unpacker: programs.unpacker, describer: programs.describer,
      version: Version.text)
    do {
      (options.host, options.port) = try Self.parse(listen)
      options.headerTimeout = try Bounds.seconds(headerTimeout, "--header-timeout")
      options.idleTimeout = try Bounds.seconds(idleTimeout, "--idle-timeout")
      options.maxUpload = try Bounds.bytes(maxUpload, "--max-upload")
    } catch {
      throw Failure(.usage, "\(error)")
    }
    options.hostNames = hostName
    options.maxConnections = maxConnections
    options.maxFiles = maxFiles
    options.machine =
      Machine(folders: try world.folders, path: world.environment["PATH"] ?? "").hardware
    options.note = { world.note($0) }
    return options
  }

  /// `127.0.0.1:8443`, `[::1]:8443`, `localhost:0`.
  static func parse(_ text: String) throws -> (host: String, port: Int) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { throw ValidationError("--listen takes ADDRESS:PORT, such as 127.0.0.1:8443") }
    var host = text[..<colon]
    if host.first == "[", host.last == "]" {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw ValidationError("--listen takes an IPv6 address in brackets, such as [::1]:8443")
    }
    guard !host.isEmpty else { throw ValidationError("--listen takes ADDRESS:PORT") }
    return (String(host), Int(port))
  }
}

/// Durations and sizes as options of `serve` give them.
enum Bounds {
  static func seconds(_ text: String, _ option: String) throws -> Duration {
    do { return try Seconds.parse(text) } catch { throw ValidationError("\(option): \(error)") }
  }

  static func bytes(_ text: String, _ option: String) throws -> Int {
    do { return try ByteSize.parse(text) } catch { throw ValidationError("\(option): \(error)") }
  }
}

extension Failure {
  /// What a node says where it cannot be reached.
  init(_ error: ServerError) {
    switch error {
    case .cannotListen(let address, let reason):
      self.init(
        .unavailable, "cannot listen on \(address): \(reason)",
        hint: "choose another address or port with --listen")
    case .cannotPrepare(let message): self.init(.cannotCreate, message)
    }
  }
}
