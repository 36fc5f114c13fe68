/// A pattern of file paths: `*` and `?` stay within one component, `**` crosses them, `[a-z]` and `[!a-z]` are sets.
public struct Glob: Equatable, Sendable {
  private let pattern: [UInt8]

  /// Takes a pattern as text; a bracket that is never closed stands for itself.
  public init(_ pattern: String) {
    self.pattern = Array(pattern.utf8)
  }

  /// Whether a path relative to the working directory matches as a whole.
  public func matches(_ path: String) -> Bool {
    let path = Array(path.utf8)
    // Rows of a table, not recursion: a pattern from a stranger must not take exponential time.
    var row = [Bool](repeating: false, count: path.count + 1)
    row[0] = true
    var index = 0
    while index < pattern.count {
      var next = [Bool](repeating: false, count: path.count + 1)
      let token = token(at: &index)
      switch token {
      case .star(let crossing):
        next[0] = row[0]
        for end in path.indices {
          next[end + 1] = row[end + 1] || (next[end] && (crossing || path[end] != Self.slash))
        }
      case .folders:
        // `**/` is any number of whole components, none included.
        next[0] = row[0]
        var within = row[0]
        for end in path.indices {
          next[end + 1] = row[end + 1] || (within && path[end] == Self.slash)
          within = within || row[end + 1]
        }
      case .one(let accepts):
        for end in path.indices where row[end] && accepts(path[end]) { next[end + 1] = true }
      }
      row = next
    }
    return row[path.count]
  }

  private enum Token {
    case star(crossing: Bool)
    case folders
    case one((UInt8) -> Bool)
  }

  private static let slash = UInt8(ascii: "/")

  private func token(at index: inout Int) -> Token {
    let byte = pattern[index]
    index += 1
    switch byte {
    case UInt8(ascii: "*"):
      guard index < pattern.count, pattern[index] == byte else { return .star(crossing: false) }
      index += 1
      let isWhole = index == 2 || pattern[index - 3] == Self.slash
      guard isWhole, index < pattern.count, pattern[index] == Self.slash else {
        return .star(crossing: true)
      }
      index += 1
      return .folders
    case UInt8(ascii: "?"):
      return .one { $0 != Self.slash }
    case UInt8(ascii: "["):
      return set(at: &index) ?? .one { $0 == byte }
    case UInt8(ascii: "\\"):
      guard index < pattern.count else { return .one { $0 == byte } }
      let quoted = pattern[index]
      index += 1
      return .one { $0 == quoted }
    default:
      return .one { $0 == byte }
    }
  }

  private func set(at index: inout Int) -> Token? {
    var start = index
    let isNegated = start < pattern.count && pattern[start] == UInt8(ascii: "!")
    if isNegated { start += 1 }
    // A bracket that comes first is a member.
    guard start < pattern.count,
      let end = pattern[(start + 1)...].firstIndex(of: UInt8(ascii: "]"))
    else { return nil }
    var ranges: [ClosedRange<UInt8>] = []
    var position = start
    while position < end {
      let low = pattern[position]
      if position + 2 < end, pattern[position + 1] == UInt8(ascii: "-"),
        low <= pattern[position + 2]
      {
        ranges.append(low...pattern[position + 2])
        position += 3
      } else {
        ranges.append(low...low)
        position += 1
      }
    }
    index = end + 1
    return .one { byte in
      byte != Self.slash && ranges.contains { $0.contains(byte) } != isNegated
    }
  }
}
