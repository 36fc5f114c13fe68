public import Ethereum
internal import Hashing
public import Records

/// The first thing in which another result differs from the leading one, as the two proofs tell it.
public struct ResultDifference: Equatable, Sendable, CustomStringConvertible {
  /// Whose result differs.
  public var node: Address
  /// `specification`, `code`, `exit` or `outputs`; nil where it cannot be told.
  public var part: String?
  /// The file that differs, where it is one.
  public var path: String?
  /// What the leading result has there; nil for nothing.
  public var leading: JSON?
  /// What the other has there; nil for nothing.
  public var other: JSON?
  /// Why nothing can be told.
  public var reason: String?

  /// Compares two proofs of a record, wherever they are found.
  public init(
    of vote: Vote, from leading: Vote, in record: Record, at location: ProofLocation
  ) throws(Failure) {
    node = vote.node
    let entries = try record.proofs()
    do throws(Unreadable) {
      var first = try ProofContent(entries[leading.proof], at: location)
      var second = try ProofContent(entries[vote.proof], at: location)
      let (left, right) = (first.statement, second.statement)
      if left.specification != right.specification {
        tell("specification", .string("\(left.specification)"), .string("\(right.specification)"))
      } else if left.code != right.code {
        tell("code", .string("\(left.code)"), .string("\(right.code)"))
      } else if left.exit != right.exit {
        tell("exit", left.exit.json, right.exit.json)
      } else if let (path, one, another) = try Self.compare(&first, &second) {
        tell("outputs", one, another)
        self.path = path
      } else {
        reason = "the proofs list the same files"
      }
    } catch {
      reason = error.reason
    }
  }

  /// `{"node","in","path","leading","other"}`, or `{"node","reason"}`.
  public var json: JSON {
    var object: JSONObject = ["node": .string(node.description)]
    if let part {
      object["in"] = .string(part)
      object["path"] = path.map { .string($0) }
      object["leading"] = leading ?? .null
      object["other"] = other ?? .null
    }
    object["reason"] = reason.map { .string($0) }
    return .object(object)
  }

  /// `outputs differ first in "a.txt"`, or why it cannot be told.
  public var description: String {
    guard let part else { return reason ?? "nothing can be told" }
    guard let path else { return "another \(part)" }
    let place = leading == nil ? "has" : other == nil ? "lacks" : "differs in"
    return "it \(place) \(JSON.string(path).text)"
  }

  private mutating func tell(_ part: String, _ leading: JSON?, _ other: JSON?) {
    self.part = part
    self.leading = leading
    self.other = other
  }

  /// Both list their files in the order of their paths' bytes.
  private static func compare(
    _ first: inout ProofContent, _ second: inout ProofContent
  ) throws(Unreadable) -> (path: String, leading: JSON?, other: JSON?)? {
    while true {
      let (left, right) = (try first.nextOutput(), try second.nextOutput())
      guard left != right else {
        if left == nil { return nil }
        continue
      }
      let paths = [left?.path, right?.path].compactMap { $0 }
      let path = paths.min { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? ""
      func facts(_ output: TraceOutput?) -> JSON? {
        guard let output, output.path == path else { return nil }
        return [
          "size": .integer(output.size), "sha256": .string(Hex.digits(output.sha256.bytes)),
          "cid": .string(output.cid),
        ]
      }
      return (path, facts(left), facts(right))
    }
  }
}
