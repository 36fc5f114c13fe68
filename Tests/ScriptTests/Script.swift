/// One script: what a user types and what he must see, then the files it needs.
struct Script {
  enum Step {
    case command(String, mustFail: Bool)
    case stdin(String)
    case environment(name: String, value: String)
    case status(Int)
    case matches(stream: Stream, pattern: String, negated: Bool)
    case same(String, String)
  }

  enum Stream: String {
    case stdout, stderr
  }

  struct Line {
    var number: Int
    var step: Step
  }

  struct ParseError: Error, CustomStringConvertible {
    var description: String
  }

  var lines: [Line] = []
  var files: [(name: String, content: String)] = []

  init(_ text: String) throws {
    var rows = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    var number = 0
    while let row = rows.first, Self.fileName(row) == nil {
      rows = rows.dropFirst()
      number += 1
      var line = row.trimmed
      let first = number
      while line.hasSuffix("\\"), let next = rows.first {
        rows = rows.dropFirst()
        number += 1
        line = line.dropLast().trimmed + " " + next.trimmed
      }
      if line.isEmpty || line.hasPrefix("#") { continue }
      lines.append(Line(number: first, step: try Self.step(line)))
    }
    while let row = rows.popFirst() {
      guard let name = Self.fileName(row) else { continue }
      var content: [Substring] = []
      while let next = rows.first, Self.fileName(next) == nil {
        content.append(next)
        rows = rows.dropFirst()
      }
      if rows.isEmpty, content.last == "" { content.removeLast() }
      files.append((name, content.map { $0 + "\n" }.joined()))
    }
  }

  /// Whether the step behind this one names that very status.
  func expects(_ status: Int, after line: Line) -> Bool {
    guard let index = lines.firstIndex(where: { $0.number == line.number }),
      index + 1 < lines.count, case .status(status) = lines[index + 1].step
    else { return false }
    return true
  }

  private static func fileName(_ row: Substring) -> String? {
    guard row.hasPrefix("-- "), row.hasSuffix(" --"), row.count > 6 else { return nil }
    return String(row.dropFirst(3).dropLast(3))
  }

  private static func step(_ line: Substring) throws -> Step {
    let isNegated = line.hasPrefix("! ")
    let body = isNegated ? line.dropFirst(2).trimmed : line
    let word = body.prefix { $0 != " " }
    let rest = body.dropFirst(word.count).trimmed
    switch word {
    case "stdin": return .stdin(String(rest))
    case "env":
      guard let equals = rest.firstIndex(of: "=") else { throw ParseError(description: "\(line)") }
      return .environment(
        name: String(rest[..<equals]), value: String(rest[rest.index(after: equals)...]))
    case "status":
      guard let status = Int(rest) else { throw ParseError(description: "\(line)") }
      return .status(status)
    case "stdout", "stderr":
      guard let stream = Stream(rawValue: String(word)) else {
        throw ParseError(description: "\(line)")
      }
      let quotes = ["'", "\""]
      let isQuoted = rest.count > 1 && quotes.contains { rest.hasPrefix($0) && rest.hasSuffix($0) }
      let pattern = isQuoted ? rest.dropFirst().dropLast() : rest
      return .matches(stream: stream, pattern: String(pattern), negated: isNegated)
    case "cmp":
      let names = rest.split(separator: " ")
      guard names.count == 2 else { throw ParseError(description: "\(line)") }
      return .same(String(names[0]), String(names[1]))
    default: return .command(String(body), mustFail: isNegated)
    }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    drop { $0 == " " || $0 == "\t" }.reversedTrim()
  }

  private func reversedTrim() -> Substring {
    var copy = self
    while copy.last == " " || copy.last == "\t" { copy.removeLast() }
    return copy
  }
}
