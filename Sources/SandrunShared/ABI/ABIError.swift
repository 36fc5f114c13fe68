/// Why a text, a value or bytes do not go with the ABI, and where inside of them.
public struct ABIError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// Text that is no type, parameter list or definition; what was expected at this byte.
    case syntax(expected: String, offset: Int)
    /// No type of this name, or not of these bits.
    case unknownType(String)
    /// A fixed-point type: no compiler makes use of them.
    case fixedPoint(String)
    /// Types inside types, or a text, beyond what is taken.
    case tooLarge(String)
    /// A value that is not of the type, shown as it came.
    case mismatch(String, type: String)
    /// An integer that the type's bits do not hold.
    case outOfRange(String, type: String)
    /// So many values where the type has so many places.
    case badCount(Int, expected: Int, of: String)
    /// An object without a component, or with one too many.
    case badMember(String, isMissing: Bool)
    /// The data end before what the type needs; counted in bytes.
    case truncated(needed: Int, offset: Int)
    /// Data go on behind the last value.
    case trailing(count: Int, offset: Int)
    /// A word that is no canonical value of the type.
    case badWord(type: String, offset: Int)
    /// An offset that leads elsewhere than to the next free place.
    case badOffset(offset: Int)
    /// A length that the data cannot hold.
    case badLength(offset: Int)
    /// Text in a `string` that is not UTF-8.
    case badUTF8(offset: Int)
    /// A selector or topic that is another's, or of nothing known.
    case unknownSelector(String)
    /// No definition of this name.
    case notFound(kind: String, name: String)
    /// Several definitions fit; their signatures.
    case ambiguous(name: String, signatures: [String])
    /// An ABI file that is none.
    case malformed(String)
  }

  /// What is wrong.
  public var reason: Reason
  /// Where in the values: `[1].amount`; empty for the whole.
  public var path: String

  /// Makes an error.
  public init(_ reason: Reason, path: String = "") {
    self.reason = reason
    self.path = path
  }

  /// The same error, seen from one level further out.
  func inside(_ step: String) -> ABIError { ABIError(reason, path: step + path) }

  /// What is wrong, in a few words, and where.
  public var description: String { path.isEmpty ? text : "\(text), at \(path)" }

  private var text: String {
    switch reason {
    case .syntax(let expected, let offset): "expected \(expected) at byte \(offset)"
    case .unknownType(let name): "no ABI type is called '\(name)'"
    case .fixedPoint(let name): "fixed-point types such as '\(name)' are not supported"
    case .tooLarge(let what): what
    case .mismatch(let value, let type): "\(value) is no \(type)"
    case .outOfRange(let value, let type): "\(value) does not fit \(type)"
    case .badCount(let count, let expected, "arguments"):
      "takes \(expected) \(expected == 1 ? "argument" : "arguments"), \(count) given"
    case .badCount(let count, let expected, let what): "\(count) \(what), not \(expected)"
    case .badMember(let name, let isMissing):
      isMissing ? "no component '\(name)'" : "the type has no component '\(name)'"
    case .truncated(let needed, let offset):
      "the data end early: \(needed) more bytes are needed at byte \(offset)"
    case .trailing(let count, let offset): "\(count) bytes too many from byte \(offset) on"
    case .badWord(let type, let offset): "no canonical \(type) at byte \(offset)"
    case .badOffset(let offset): "the offset at byte \(offset) does not lead to the next value"
    case .badLength(let offset): "the length at byte \(offset) is more than the data hold"
    case .badUTF8(let offset): "the string at byte \(offset) is not UTF-8"
    case .unknownSelector(let text): text
    case .notFound(let kind, let name): "no \(kind) '\(name)'"
    case .ambiguous(let name, let signatures):
      "'\(name)' may be any of \(signatures.joined(separator: ", "))"
    case .malformed(let text): text
    }
  }
}
