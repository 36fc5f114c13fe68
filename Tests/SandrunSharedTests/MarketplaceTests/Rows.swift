import Ethereum
import Hashing
import Records
import SystemPackage
import TestSupport
import Testing
import WideInteger

/// A row of a vector file, and what tests read from it.
struct Row {
  var json: JSON

  /// The rows of a committed file, those of one kind alone where it is named.
  static func own(_ file: String, kind: String? = nil) throws -> [Row] {
    try Vectors.lines(of: Vectors.own.appending(file)).map { Row(json: try JSON(parsing: $0)) }
      .filter { kind == nil || $0.json["kind"]?.string == kind }
  }

  func text(_ name: String) throws -> String { try #require(json[name]?.string, "\(name)") }
  func digest(_ name: String) throws -> Digest32 { try Digest32(hex: try text(name)) }
  func address(_ name: String) throws -> Address { try Address(parsing: try text(name)) }
  func number(_ name: String) throws -> UInt256 { try UInt256(decimal: try text(name)) }
  func count(_ name: String) throws -> Int { try #require(json[name]?.integer, "\(name)") }
  func flag(_ name: String) throws -> Bool {
    let found: Bool? = json[name]?.boolean
    return try #require(found as Bool?, "\(name)")
  }
  func rows(_ name: String) throws -> [Row] {
    try #require(json[name]?.elements, "\(name)").map { Row(json: $0) }
  }
}
