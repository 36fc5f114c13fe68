/// What a registered contract is called: letters, digits, `_` and `-`, at most 128, with neither `-` nor `0x` in front.
///
/// So no name is an address or, having no dot, a name of ENS. Forty hexadecimal digits are none either: they are an
/// address whose `0x` was forgotten.
public struct ContractName: Hashable, Sendable, CustomStringConvertible, Comparable {
  /// The name itself.
  public let description: String

  /// Takes a name; nil for what is none.
  public init?(_ text: String) {
    let bytes = text.utf8
    guard (1...128).contains(bytes.count), bytes.first != UInt8(ascii: "-"),
      !text.lowercased().hasPrefix("0x"), bytes.allSatisfy(Self.isAllowed),
      bytes.count != 40 || !text.allSatisfy(\.isHexDigit)
    else { return nil }
    description = text
  }

  /// Whether one name's bytes come before another's.
  public static func < (left: ContractName, right: ContractName) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }

  /// How a contract gets this name: what people are told who have none.
  package var registeringHint: String { "sr-chain contract add --abi FILE \(self) ADDRESS" }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}
