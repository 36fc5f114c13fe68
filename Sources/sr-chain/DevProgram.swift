import Commands
import Files
import Records
import SystemPackage

/// What is asked of the chain, whichever program runs it.
struct DevOptions: Sendable {
  var port: UInt16
  var blockTime: Double?
  var state: String?
  var chainId: UInt64
  var accounts: Int
  /// Whether a transaction without a chain id is taken.
  var allowsUnprotected: Bool
}

/// A program to start, and how it tells that it is ready.
struct DevProgram: Sendable {
  var name: String
  var words: [String]
  var environment: [String: String]
  /// The port where it will answer; nil where it writes a record of its own.
  var port: UInt16?
}

extension DevProgram {
  /// `anvil`: its accounts are the same, each as rich.
  static func anvil(
    at path: FilePath, _ options: DevOptions, in world: World
  ) throws(Failure) -> DevProgram {
    let port = try LoopbackPort.chosen(options.port)
    var words = [
      path.string, "--host", "127.0.0.1", "--port", "\(port)", "--chain-id", "\(options.chainId)",
      "--accounts", "\(options.accounts)", "--balance", "1000000",
    ]
    if let blockTime = options.blockTime { words += ["--block-time", "\(blockTime)"] }
    if let state = options.state {
      words += ["--state", try folder(state).appending("anvil.json").string]
    }
    return DevProgram(name: "anvil", words: words, environment: world.environment, port: port)
  }

  /// `geth --dev`: its own account pays the others once it runs.
  static func geth(
    at path: FilePath, _ options: DevOptions, in world: World
  ) throws(Failure) -> DevProgram {
    guard options.chainId == 1337 else {
      throw Failure(
        .usage, "geth --dev has the chain id 1337 alone", hint: "leave --chain-id or --engine out")
    }
    let period = options.blockTime ?? 0
    guard period == period.rounded(.down) else {
      throw Failure(.usage, "geth makes blocks at whole seconds, not every \(period)")
    }
    let port = try LoopbackPort.chosen(options.port)
    let modules = "eth,net,web3,txpool,debug"
    var words = [
      path.string, "--dev", "--dev.period", "\(Int(period))", "--ipcdisable", "--http",
      "--http.addr", "127.0.0.1", "--http.port", "\(port)", "--http.api", modules, "--ws",
      "--ws.addr", "127.0.0.1", "--ws.port", "\(port)", "--ws.api", modules,
    ]
    if options.allowsUnprotected { words.append("--rpc.allow-unprotected-txs") }
    if let state = options.state { words += ["--datadir", try folder(state).string] }
    return DevProgram(name: "geth", words: words, environment: world.environment, port: port)
  }

  private static func folder(_ name: String) throws(Failure) -> FilePath {
    let folder = FilePath(name)
    do throws(FileError) { try Files.makeDirectories(folder) } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    return folder
  }
}
