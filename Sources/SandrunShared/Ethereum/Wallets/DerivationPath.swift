/// Where in a wallet a key is (BIP-32): `m/44'/60'/0'/0/0`.
public struct DerivationPath: Hashable, Sendable, CustomStringConvertible {
  /// The steps, those with a mark 2^31 and more.
  public let steps: [UInt32]

  /// The first account of Ethereum wallets (BIP-44).
  public static let ethereum = DerivationPath(steps: [44 | hard, 60 | hard, hard, 0, 0])

  private static let hard: UInt32 = 1 << 31

  private init(steps: [UInt32]) { self.steps = steps }

  /// Reads `m`, then `/` and a number below 2^31 for each step, with `'` or `h` behind it where it is hardened.
  public init(parsing text: String) throws(DerivationPathError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.first == "m", parts.count <= 256 else { throw DerivationPathError(text) }
    var steps: [UInt32] = []
    for part in parts.dropFirst() {
      let isHard = part.last == "'" || part.last == "h"
      let digits = isHard ? part.dropLast() : part
      guard digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), digits.count == 1 || digits.first != "0",
        let number = UInt32(digits), number < Self.hard
      else { throw DerivationPathError(text) }
      steps.append(isHard ? number | Self.hard : number)
    }
    self.steps = steps
  }

  /// The path as it is written, hardened steps with `'`.
  public var description: String {
    steps.reduce("m") { $0 + ($1 < Self.hard ? "/\($1)" : "/\($1 - Self.hard)'") }
  }
}

/// A text that is no path.
public struct DerivationPathError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text.
  public var text: String

  init(_ text: String) { self.text = text }

  /// What would have been right.
  public var description: String { "'\(text)' is no path such as m/44'/60'/0'/0/0" }
}
