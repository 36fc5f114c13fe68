public import Hashing

/// A name of the Ethereum Name Service (EIP-137) whose labels are of `a` to `z`, `0` to `9` and `-`.
///
/// Such a name is its own normal form (ENSIP-15), so that no table of Unicode decides whom money goes to.
public struct ENSName: Hashable, Sendable, CustomStringConvertible {
  /// The name as it was given.
  public let description: String

  /// Reads a name; throws naming what is not taken.
  public init(parsing text: String) throws(ENSNameError) {
    guard text.utf8.count <= 255 else { throw .tooLong }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.allSatisfy({ !$0.isEmpty }) else { throw .emptyLabel }
    for label in labels {
      for scalar in label.unicodeScalars {
        switch scalar {
        case "a"..."z", "0"..."9", "-": continue
        default: throw .badCharacter(scalar)
        }
      }
      // ENSIP-15: kept for encodings of other scripts, such as xn--.
      guard label.dropFirst(2).prefix(2) != "--" else { throw .reservedLabel(String(label)) }
    }
    description = text
  }

  /// The node of the name in the registry (EIP-137).
  public var hash: Digest32 { Self.hash(of: description) }

  /// The namehash of any text as it is given: each label hashed onto the node of the labels behind it.
  public static func hash(of text: String) -> Digest32 {
    guard !text.isEmpty else { return .zero }
    return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .reversed().reduce(.zero) { node, label in
        Keccak256.hash(node.bytes + Keccak256.hash(Array(label)).bytes)
      }
  }
}

/// Why a text is no name that is looked up.
public enum ENSNameError: Error, Equatable, Sendable, CustomStringConvertible {
  /// More than 255 bytes.
  case tooLong
  /// Nothing before, between or behind the dots.
  case emptyLabel
  /// Something that a name of ours may not have.
  case badCharacter(Unicode.Scalar)
  /// A label with `--` at its third place.
  case reservedLabel(String)

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .tooLong: "longer than 255 bytes"
    case .emptyLabel: "a label is empty"
    case .badCharacter(let scalar):
      "U+\(String(scalar.value, radix: 16, uppercase: true)) is none of a to z, 0 to 9 and -"
    case .reservedLabel(let label): "the label \(label) has -- at its third place"
    }
  }
}
