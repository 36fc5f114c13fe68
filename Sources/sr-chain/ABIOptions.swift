import ABI
import ArgumentParser
import Commands
import EthereumRPC
import Files
import Records
import SystemPackage

/// Where definitions of functions, events and errors come from: a signature, `--abi`, or the registry of contracts.
struct ABIOptions: ParsableArguments {
  @Option(
    name: .customLong("abi"), help: "Take definitions from the ABI in <file>.", completion: .file())
  var file: String?

  /// The ABI of `--abi`.
  func read() throws(Failure) -> ContractABI? {
    guard let file else { return nil }
    let json = try Self.json(file)
    do throws(ABIError) { return try ContractABI(json: json) } catch {
      throw Failure(.data, "\(file): \(error)")
    }
  }

  /// The JSON of an ABI file: the array, or the artifact that holds it.
  static func json(_ file: String) throws(Failure) -> JSON {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(FilePath(file), limit: 16 << 20)
    } catch {
      switch error.errno {
      case .noSuchFileOrDirectory: throw Failure(.missingInput, "\(error)")
      case .permissionDenied: throw Failure(.permission, "\(error)")
      case .fileTooLarge: throw Failure(.data, "\(file) is longer than 16 MiB")
      default: throw Failure(.io, "\(error)")
      }
    }
    do throws(JSONError) { return try JSON(parsing: bytes) } catch {
      throw Failure(.data, "\(file): malformed JSON: \(error)")
    }
  }
}

/// What bytes are of.
enum ABIMode {
  /// A call: a selector and arguments.
  case call
  /// What a function gives back.
  case returns
  /// The arguments of a constructor, or any list of values.
  case constructor
  /// A log.
  case event
  /// A revert.
  case error
}

/// Definitions to choose from, and the name or signature that was given of one.
struct ABISource {
  var abi: ContractABI
  var name: String?

  /// Finds what a text on the command line means: a name in `abi`, a signature, or `CONTRACT.METHOD` of the registry.
  init(
    _ text: String?, _ mode: ABIMode, abi: ContractABI?, in world: World
  ) throws(Failure) {
    if let abi {
      self.init(abi: abi, name: text)
      return
    }
    guard let text else { throw Failure(.usage, "a signature is missing, or --abi") }
    let name = text.prefix { $0 != "(" }
    if text.contains("("), !name.contains(".") {
      do throws(ABIError) {
        try self.init(signature: text, mode)
      } catch {
        throw Failure(.usage, "malformed signature '\(text)': \(error)")
      }
      return
    }
    let registry = ContractRegistry(try world.folders)
    let found: (contract: RegisteredContract, method: String?)?
    do throws(ContractRegistryError) { found = try registry.find(text) } catch {
      throw Failure(error)
    }
    guard let found else {
      if text.contains("."), let reference = ContractReference(text) {
        throw Failure(ContractRegistryError.unregistered(reference.name))
      }
      throw Failure(
        .usage, "'\(text)' is no signature and no contract that is registered",
        hint: "a signature is such as 'transfer(address,uint256)'; a name goes with --abi")
    }
    self.init(abi: found.contract.abi, name: found.method)
  }

  init(abi: ContractABI, name: String?) {
    self.abi = abi
    self.name = name
  }

  /// One definition by its text.
  init(signature text: String, _ mode: ABIMode) throws(ABIError) {
    switch mode {
    case .call, .returns, .constructor:
      let function = try ABIFunction(parsing: text)
      self.init(abi: ContractABI(functions: [function]), name: function.signature)
    case .event:
      let event = try ABIEvent(parsing: text)
      self.init(abi: ContractABI(events: [event]), name: event.signature)
    case .error:
      let error = try ABICustomError(parsing: text)
      self.init(abi: ContractABI(errors: [error]), name: error.signature)
    }
  }

  /// The one function that was named.
  func function() throws(ABIError) -> ABIFunction {
    try Self.one(try abi.functions(named: name ?? ""), name, \.signature)
  }

  /// The one event that was named.
  func event() throws(ABIError) -> ABIEvent {
    try Self.one(try abi.events(named: name ?? ""), name, \.signature)
  }

  /// The one error that was named.
  func error() throws(ABIError) -> ABICustomError {
    try Self.one(try abi.errors(named: name ?? ""), name, \.signature)
  }

  private static func one<Definition>(
    _ found: [Definition], _ name: String?, _ signature: (Definition) -> String
  ) throws(ABIError) -> Definition {
    guard found.count == 1 else {
      throw ABIError(.ambiguous(name: name ?? "", signatures: found.map(signature)))
    }
    return found[0]
  }
}

extension Failure {
  /// What does not go with the ABI is bad input.
  init(_ error: ABIError, in what: String? = nil) {
    let code: String? = if case .unknownSelector = error.reason { "unknown-selector" } else { nil }
    self.init(.data, what.map { "\($0): \(error)" } ?? "\(error)", code: code)
  }
}
