import ABI
import Hashing
import Records
import SystemPackage
import TestSupport
import Testing

/// A row of a vector file, and what tests read from it.
struct Row {
  var json: JSON

  /// The rows of a committed file.
  static func own(_ file: String) throws -> [Row] {
    try rows(Vectors.own.appending("abi").appending(file))
  }

  /// The rows of a file of the shared set; nil where the set is absent, which is said.
  static func shared(_ file: String, count: Int) throws -> [Row]? {
    guard let folder = Vectors.shared else {
      print("skipped: \(count) rows of eth/\(file), not here")
      return nil
    }
    return try rows(folder.appending("eth").appending(file))
  }

  private static func rows(_ path: FilePath) throws -> [Row] {
    try Vectors.lines(of: path).map { Row(json: try JSON(parsing: $0)) }
  }

  var name: String { json["name"]?.string ?? "" }
  func text(_ name: String) throws -> String { try #require(json[name]?.string, "\(name)") }
  func bytes(_ name: String) throws -> [UInt8] { try Hex.decode(try text(name)) }
  func list(_ name: String) throws -> [JSON] { try #require(json[name]?.elements, "\(name)") }
  func types() throws -> [ABIType] {
    try list("types").map { try ABIType(parsing: try #require($0.string)) }
  }

  /// The values as the types have them, each read from JSON.
  func values(as types: [ABIType]) throws -> [ABIValue] {
    try ABIValue.list(json["values"] ?? .null, as: types.map { ABIParameter("", $0) })
  }
}

/// How often each outcome came.
struct Tally: Equatable {
  var counts: [String: Int] = [:]
  mutating func add(_ outcome: String) { counts[outcome, default: 0] += 1 }
}
