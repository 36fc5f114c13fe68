import Ethereum
import Hashing
import Records
import SystemPackage
import TestSupport
import Testing

/// A row of a vector file, and what tests read from it.
struct Row {
  var json: JSON

  /// The rows of a committed file.
  static func own(_ file: String) throws -> [Row] { try rows(Vectors.own.appending(file)) }

  /// The rows of a file of the shared set; nil where the set is absent, which is said.
  static func shared(_ file: String) throws -> [Row]? {
    guard let folder = Vectors.shared else {
      let rows = [
        "addresses.jsonl": 442, "create-address.jsonl": 258, "ecdsa-wycheproof.jsonl": 1199,
        "hdwallet.jsonl": 139, "kdf.jsonl": 161, "keystore.jsonl": 122,
        "personal-sign.jsonl": 227, "receipts-and-logs.jsonl": 12, "rlp.jsonl": 369,
        "transactions.jsonl": 657, "transactions-decode.jsonl": 380, "typed-data.jsonl": 246,
      ]
      print("skipped: \(rows[file] ?? 0) rows of eth/\(file), not here")
      return nil
    }
    return try rows(folder.appending("eth").appending(file))
  }

  private static func rows(_ path: FilePath) throws -> [Row] {
    try Vectors.lines(of: path).map { Row(json: try JSON(parsing: $0)) }
  }

  func has(_ name: String) -> Bool { json[name] != nil }
  func text(_ name: String) throws -> String { try #require(json[name]?.string, "\(name)") }
  func bytes(_ name: String) throws -> [UInt8] { try Hex.decode(try text(name)) }
  func digest(_ name: String) throws -> Digest32 { try Digest32(hex: try text(name)) }
  func number(_ name: String) throws -> Int { try #require(json[name]?.integer, "\(name)") }

  func key(_ name: String = "private_key") throws -> PrivateKey {
    let bytes = try bytes(name)
    return try PrivateKey(SecretBytes(copying: bytes.span))
  }

  func passphrase(_ name: String = "password") throws -> Passphrase {
    let bytes = Array(try text(name).utf8)
    return Passphrase(SecretBytes(copying: bytes.span))
  }
}

/// How often each outcome came.
struct Tally: Equatable {
  var counts: [String: Int] = [:]
  mutating func add(_ outcome: String) { counts[outcome, default: 0] += 1 }
}
