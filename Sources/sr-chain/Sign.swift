import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Files
import Hashing
import Records
import Signing
import SystemPackage

struct Sign: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign transactions, messages or typed data, with no network.",
    discussion: """
      Without a flag, each record's 'tx' must be a complete transaction: 'raw' and 'hash' are \
      added to it. With one of the flags, the operands, or that member of each record, are signed \
      instead, and 'signature' and 'signer' are added.
      """)
  static let operandMember: String? = "operand"

  enum Mode: String, EnumerableFlag {
    case message, messageFile, typedData, digest, authorization

    static func help(for value: Mode) -> ArgumentHelp? {
      switch value {
      case .message: "Sign each operand, or each record's 'message', as a message (EIP-191)."
      case .messageFile: "Sign each file's content as a message."
      case .typedData: "Sign each file's, or each record's, 'typedData' (EIP-712)."
      case .digest: "Sign each hash as it is; it may stand for anything, a transaction too."
      case .authorization: "Sign each record's 'authorization' to set our code (EIP-7702)."
      }
    }
  }

  @Flag var mode: Mode?
  @OptionGroup var signing: SignerOptions
  @OptionGroup var stream: StreamOptions
  @Argument(help: "What to sign, where a flag says as what.", completion: .file())
  var operands: [String] = []

  func validate() throws {
    if !operands.isEmpty, mode == nil || mode == .authorization {
      throw ValidationError("what is signed here comes as records on standard input")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let signatory = try signing.signatory(in: world)
    try signatory.unlock()
    let known = RegisteredInterfaces(ContractRegistry(try world.folders)) { world.note($0) }
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let output =
        if let mode {
          try signed(named(input), as: mode, by: signatory)
        } else {
          try signedTransaction(transaction(input), by: signatory, known, in: world)
        }
      try emitter.emit(output)
    }
  }

  private func signed(
    _ record: Record, as mode: Mode, by signatory: Signatory
  ) throws(Failure) -> Record {
    let kind: Signable.Kind =
      switch mode {
      case .message, .messageFile: record.has("messageBytes") ? .messageBytes : .message
      case .typedData: .typedData
      case .digest: .digest
      case .authorization: .authorization
      }
    let asked = try Signable(record, as: kind)
    let account = try signatory.account()
    let signature = try signatory.sign(asked.digest, as: account, of: record)
    return try record.setting(signature, of: asked, by: account)
  }

  /// A transaction that is signed already, and well, passes as it is.
  private func signedTransaction(
    _ record: Record, by signatory: Signatory, _ known: RegisteredInterfaces, in world: World
  ) throws(Failure) -> Record {
    guard let found = try record.transaction() else {
      throw Failure(
        .data, "the record has no \"tx\"", hint: "to sign anything else, a flag says as what")
    }
    if try !found.checkCall(known) { world.note(TransactionRecord.untold) }
    guard found.signed == nil else { return record }
    let transaction: Transaction
    do throws(TransactionMemberError) {
      transaction = try found.fields.transaction()
    } catch {
      throw Failure(error)
    }
    do throws(TransactionError) { try transaction.validate() } catch {
      throw Failure(.data, "tx: \(error)")
    }
    return try record.setting(
      signed: try signatory.sign(transaction, from: found.fields.from, of: record))
  }

  // MARK: Operands

  private func transaction(_ input: Record) throws(Failure) -> Record {
    guard input.origin == .record else {
      throw Failure(
        .data, "an operand is no record",
        hint: "--message, --typed-data or --digest say as what an operand is signed")
    }
    return input
  }

  /// The record of an operand: with the member that the flag names.
  private func named(_ input: Record) throws(Failure) -> Record {
    guard input.origin != .record else { return input }
    let operand = try input.operand("operand")
    switch mode {
    case .digest: return Record(["digest": .string(operand)])
    case .messageFile:
      let bytes = try read(operand)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        return Record(["path": .string(operand), "messageBytes": .string(Hex.encode(bytes))])
      }
      return Record(["path": .string(operand), "message": .string(text)])
    case .typedData:
      let bytes = try read(operand)
      do throws(JSONError) {
        return Record(["path": .string(operand), "typedData": try JSON(parsing: bytes)])
      } catch {
        throw Failure(.data, "\(operand): \(error)")
      }
    default: return Record(["message": .string(operand)])
    }
  }

  private func read(_ path: String) throws(Failure) -> [UInt8] {
    do throws(FileError) {
      return try Files.read(FilePath(path), limit: 4 << 20)
    } catch {
      let isMissing = error.errno == .noSuchFileOrDirectory
      throw Failure(isMissing ? .missingInput : .io, "\(error)")
    }
  }
}
