/// A pattern for one name, as a shell has them: `*`, `?`, `[a-z]`, `[!a-z]`, and a backslash before what stands for itself.
struct NamePattern: Hashable, Sendable {
  private enum Token: Hashable, Sendable {
    case byte(UInt8)
    /// One character, of however many bytes.
    case anyCharacter
    case anyBytes
    case oneOf([ClosedRange<UInt8>], isNegated: Bool)
  }

  /// Matches every name.
  static let any = NamePattern(tokens: [.anyBytes])

  private var tokens: [Token] = []

  private init(tokens: [Token]) { self.tokens = tokens }

  /// Nil where a `[` has no `]`, or nothing follows the last backslash.
  init?(_ pattern: ArraySlice<UInt8>) {
    var rest = pattern
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"):
        if tokens.last != .anyBytes { tokens.append(.anyBytes) }
      case UInt8(ascii: "?"): tokens.append(.anyCharacter)
      case UInt8(ascii: "["):
        guard let token = Self.oneOf(&rest) else { return nil }
        tokens.append(token)
      case UInt8(ascii: "\\"):
        guard let next = rest.popFirst() else { return nil }
        tokens.append(.byte(next))
      default: tokens.append(.byte(byte))
      }
    }
  }

  /// What stands between brackets; a `]` right behind the first stands for itself.
  private static func oneOf(_ rest: inout ArraySlice<UInt8>) -> Token? {
    var isNegated = false
    if rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^") {
      isNegated = true
      rest.removeFirst()
    }
    var ranges: [ClosedRange<UInt8>] = []
    var isFirst = true
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "]"), !isFirst { return .oneOf(ranges, isNegated: isNegated) }
      isFirst = false
      if byte == UInt8(ascii: "["), rest.first == UInt8(ascii: ":") {
        guard let named = named(&rest) else { return nil }
        ranges += named
        continue
      }
      guard let first = plain(byte, &rest) else { return nil }
      guard rest.first == UInt8(ascii: "-"), rest.dropFirst().first != UInt8(ascii: "]") else {
        ranges.append(first...first)
        continue
      }
      rest.removeFirst()
      guard let end = rest.popFirst(), let last = plain(end, &rest) else { return nil }
      if first <= last { ranges.append(first...last) }
    }
    return nil
  }

  private static func plain(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt8? {
    byte == UInt8(ascii: "\\") ? rest.popFirst() : byte
  }

  private static let classes: [String: [ClosedRange<Character>]] = [
    "alnum": ["0"..."9", "A"..."Z", "a"..."z"], "alpha": ["A"..."Z", "a"..."z"],
    "blank": [" "..." ", "\t"..."\t"], "digit": ["0"..."9"], "lower": ["a"..."z"],
    "punct": ["!"..."/", ":"..."@", "["..."`", "{"..."~"], "space": ["\t"..."\r", " "..." "],
    "upper": ["A"..."Z"], "xdigit": ["0"..."9", "A"..."F", "a"..."f"],
  ]

  /// A class such as `[:digit:]`, behind its bracket.
  private static func named(_ rest: inout ArraySlice<UInt8>) -> [ClosedRange<UInt8>]? {
    let name = String(decoding: rest.dropFirst().prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    let length = name.utf8.count + 1
    guard let ranges = classes[name], rest.dropFirst(length).starts(with: ":]".utf8) else {
      return nil
    }
    rest = rest.dropFirst(length + 2)
    return ranges.map { ($0.lowerBound.asciiValue ?? 0)...($0.upperBound.asciiValue ?? 0) }
  }

  /// Whether the whole name matches: in time of its length by the pattern's, whatever the stars.
  func matches(_ name: [UInt8]) -> Bool {
    var (token, index) = (0, 0)
    var retry: (token: Int, index: Int)?
    while index < name.count {
      if token < tokens.count, tokens[token] == .anyBytes {
        retry = (token + 1, index)
        token += 1
      } else if token < tokens.count, let length = length(of: tokens[token], at: index, of: name) {
        token += 1
        index += length
      } else if let last = retry {
        retry = (last.token, last.index + 1)
        (token, index) = (last.token, last.index + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .anyBytes }
  }

  /// How many bytes a token takes; nil where it does not match.
  private func length(of token: Token, at index: Int, of name: [UInt8]) -> Int? {
    switch token {
    case .byte(let byte): return name[index] == byte ? 1 : nil
    case .oneOf(let ranges, let isNegated):
      guard ranges.contains(where: { $0.contains(name[index]) }) != isNegated else { return nil }
      return isNegated ? characterLength(at: index, of: name) : 1
    case .anyCharacter: return characterLength(at: index, of: name)
    case .anyBytes: return nil
    }
  }

  /// The bytes of one character in UTF-8; a byte that begins none is one by itself.
  private func characterLength(at index: Int, of name: [UInt8]) -> Int {
    guard name[index] >= 0xC0 else { return 1 }
    return 1 + name[(index + 1)...].prefix { $0 & 0xC0 == 0x80 }.count
  }
}
