import ArgumentParser
import Commands
import Records
import SystemPackage

/// What `sr-chain dev` starts.
enum DevEngine: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// The chain in Python that comes with sr-chain.
  case devchain
  case anvil
  case geth

  /// The first of anvil and geth that is on PATH, else the one that is always there.
  static func found(in world: World) -> DevEngine {
    [.anvil, .geth].first { world.program($0.rawValue) != nil } ?? .devchain
  }

  /// How to start it.
  func program(_ options: DevOptions, in world: World) throws(Failure) -> DevProgram {
    guard self != .devchain else { return try PythonChain(in: world).program(options, in: world) }
    guard let path = world.program(rawValue) else {
      throw Failure(
        .unavailable, "\(rawValue) is not on PATH",
        hint: "leave --engine out: the chain that comes with sr-chain needs neither anvil nor geth")
    }
    return try self == .anvil
      ? .anvil(at: path, options, in: world) : .geth(at: path, options, in: world)
  }
}

/// Where the chain in Python lies, and the interpreter that has what it needs.
struct PythonChain {
  private let folder: FilePath
  private let python: FilePath

  /// Looks where what comes with the tools lies.
  init(in world: World) throws(Failure) {
    let holding = Libexec.place(holding: "devchain/__main__.py", in: world)
    guard let holding else {
      throw Failure(
        .configuration, "the development chain is not installed",
        hint:
          "let SANDRUN_LIBEXEC name the folder that holds devchain, or put anvil or geth on PATH")
    }
    folder = holding
    let own = [
      holding.appending("venv/bin/python"),
      holding.removingLastComponent().appending(".venv/bin/python"),
    ]
    guard let python = own.first(where: Libexec.isThere) ?? world.program("python3") else {
      throw Failure(.unavailable, "python3 is not on PATH", hint: "install Python 3.11 or later")
    }
    self.python = python
  }

  func program(_ options: DevOptions, in world: World) throws(Failure) -> DevProgram {
    var words = [
      python.string, "-m", "devchain", "--listen", "127.0.0.1:\(options.port)", "--chain-id",
      "\(options.chainId)", "--accounts", "\(options.accounts)",
      // As geth does, it signs for its first account alone.
      "--unlocked", "1",
    ]
    if let blockTime = options.blockTime { words += ["--block-time", "\(blockTime)"] }
    if let state = options.state { words += ["--state", state] }
    if options.allowsUnprotected { words.append("--allow-unprotected") }
    var environment = world.environment
    environment["PYTHONPATH"] = folder.string
    // A folder `devchain` where the user happens to be is none of ours.
    environment["PYTHONSAFEPATH"] = "1"
    environment["PYTHONUNBUFFERED"] = "1"
    return DevProgram(name: "devchain", words: words, environment: environment)
  }
}

extension World {
  /// Where on PATH a program lies.
  func program(_ name: String) -> FilePath? {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    return folders.lazy.map { FilePath(String($0)).appending(name) }
      .first { path in
        guard let found = try? path.stat(), found.type == .regular else { return false }
        return !found.permissions.isDisjoint(with: [.ownerExecute, .groupExecute, .otherExecute])
      }
  }
}
