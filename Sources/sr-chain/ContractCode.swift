import ABI
import Files
import Hashing
import Records
import SystemPackage

/// What makes a contract: its creation bytecode, and its ABI where the file tells it.
struct ContractCode {
  var bytes: [UInt8]
  /// The ABI's own JSON; nil where only bytecode is known.
  var definitions: JSON?

  /// Reads a compiler's artefact (`abi` and `bytecode` of Vyper, Hardhat and Foundry, `evm.bytecode` of solc), or
  /// hexadecimal digits; a pipe is read too, unless it is to be a regular file.
  init(file: String, isRegular: Bool = false) throws(Failure) {
    let content: [UInt8]
    do throws(FileError) {
      let limit = 64 << 20
      content =
        try isRegular
        ? Files.readRegular(FilePath(file), limit: limit)
        : Files.read(FilePath(file), limit: limit)
    } catch {
      switch error.errno {
      case .invalidArgument where isRegular:
        throw Failure(.data, "\(file) is no regular file")
      case .noSuchFileOrDirectory: throw Failure(.missingInput, "\(error)")
      case .permissionDenied: throw Failure(.permission, "\(error)")
      default: throw Failure(.io, "\(error)")
      }
    }
    let text: String
    guard let first = content.first(where: { !Self.isSpace($0) }) else {
      throw Failure(.data, "\(file) is empty")
    }
    if first == UInt8(ascii: "{") {
      let artefact: JSON
      do throws(JSONError) { artefact = try JSON(parsing: content) } catch {
        throw Failure(.data, "\(file): malformed JSON: \(error)")
      }
      guard let found = Self.bytecode(in: artefact) else {
        throw Failure(
          .data, "\(file) has no bytecode",
          hint: "an artefact has \"bytecode\" or \"evm\"; a file of hexadecimal digits will do")
      }
      text = found
      if artefact["abi"]?.elements != nil { definitions = artefact["abi"] }
    } else {
      let trimmed = content.drop(while: Self.isSpace).reversed().drop(while: Self.isSpace)
      text = String(decoding: trimmed.reversed(), as: UTF8.self)
    }
    guard !text.contains("__") else {
      throw Failure(
        .data, "the bytecode of \(file) is not linked: it names libraries",
        hint: "give the compiler the libraries' addresses")
    }
    do {
      bytes = try text.hasPrefix("0x") ? Hex.decode(text) : Hex.decode(digits: text)
    } catch {
      throw Failure(.data, "the bytecode of \(file) is no hexadecimal text: \(error)")
    }
    guard !bytes.isEmpty else {
      throw Failure(
        .data, "the bytecode of \(file) is empty: an interface, or an abstract contract")
    }
  }

  private static func bytecode(in artefact: JSON) -> String? {
    let code = artefact["bytecode"] ?? artefact["evm"]?["bytecode"]
    return code?.string ?? code?["object"]?.string
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(byte) }

  /// The data of the creation: bytecode, and behind it the constructor's arguments.
  func creation(_ arguments: [String]) throws(Failure) -> [UInt8] {
    do throws(ABIError) {
      let constructor = try definitions.flatMap { (json) throws(ABIError) in
        try ContractABI(json: json).constructor
      }
      guard let inputs = constructor?.inputs, !inputs.isEmpty else {
        guard arguments.isEmpty else {
          throw ABIError(.badCount(arguments.count, expected: 0, of: "arguments"))
        }
        return bytes
      }
      return bytes + (try ABI.encode(ABIValue.list(parsing: arguments, as: inputs), as: inputs))
    } catch {
      throw Failure(
        .usage, "constructor: \(error)",
        hint: definitions == nil ? "its parameters are known by an ABI: --abi" : nil)
    }
  }
}
