public import ArgumentParser
internal import Commands
internal import Ethereum
internal import Files
internal import Records
internal import SystemPackage

/// The options that say what a transaction moves and tells, where a record says nothing else.
public struct ContentOptions: ParsableArguments, Sendable {
  /// What it moves.
  @Option(help: "Move <amount> with the transaction, such as 0.1ETH, 5gwei or plain wei.")
  public var value: String?

  /// The call's data.
  @Option(help: "Send the bytes <0x…> as the call's data.")
  public var data: String?

  /// The access list's file.
  @Option(help: "Take the access list from <file>: JSON, as a record has it.", completion: .file())
  public var accessList: String?

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what no option may be.
  public func validate() throws {
    do { _ = try fields(accessList: nil) } catch { throw ValidationError("\(error)") }
  }

  /// What the options say; reads the access list's file.
  func fields(in world: World) throws(Failure) -> TransactionFields {
    var list: JSON?
    if let accessList {
      do {
        list = try JSON(parsing: try Files.read(FilePath(accessList), limit: 16 << 20))
      } catch let error as FileError {
        throw Failure(error.errno == .noSuchFileOrDirectory ? .missingInput : .io, "\(error)")
      } catch {
        throw Failure(.data, "\(accessList): \(error)")
      }
    }
    return try fields(accessList: list)
  }

  private func fields(accessList: JSON?) throws(Failure) -> TransactionFields {
    var members: JSONObject = [:]
    members["value"] = value.map { .string($0) }
    members["data"] = data.map { .string($0) }
    members["accessList"] = accessList
    return try TransactionFields(flags: members)
  }
}
