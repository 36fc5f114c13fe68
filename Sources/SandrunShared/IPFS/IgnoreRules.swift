/// What directories leave out, in the grammar of gitignore: paths count from the directory that is imported.
public struct IgnoreRules: Hashable, Sendable {
  private struct Rule: Hashable, Sendable {
    var isExclusion = true
    var isForDirectories = false
    var parts: [Part] = []
  }

  private enum Part: Hashable, Sendable {
    /// One name.
    case name(NamePattern)
    /// Any number of names, none too.
    case anyNames
  }

  private var rules: [Rule] = []

  /// Leaves out nothing.
  public init() {}

  /// Adds the rules of some lines, a rule a line; later ones come before earlier ones.
  public mutating func add(lines: [[UInt8]]) throws(IgnoreRulesError) {
    for line in lines {
      if let rule = try Self.rule(line) { rules.append(rule) }
    }
  }

  /// Whether the last rule that matches leaves this out; the names lead there from the directory that is imported.
  ///
  /// What lies in a directory that is left out is never asked for.
  func ignore(_ names: [[UInt8]], isDirectory: Bool) -> Bool {
    let rule = rules.last { rule in
      (isDirectory || !rule.isForDirectories) && Self.match(rule.parts[...], names[...])
    }
    return rule?.isExclusion ?? false
  }

  /// The rule of a line; nil where it is empty or a comment.
  private static func rule(_ text: [UInt8]) throws(IgnoreRulesError) -> Rule? {
    var line = text[...]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    // A space at the end counts only behind a backslash.
    while line.last == UInt8(ascii: " "), line.dropLast().last != UInt8(ascii: "\\") {
      line.removeLast()
    }
    var rule = Rule()
    if line.first == UInt8(ascii: "#") { return nil }
    if line.first == UInt8(ascii: "!") {
      rule.isExclusion = false
      line.removeFirst()
    }
    if line.last == UInt8(ascii: "/") {
      rule.isForDirectories = true
      line.removeLast()
    }
    guard !line.isEmpty else { return nil }
    // Only a pattern with a slash in it, or before it, is bound to the top.
    let isBound = line.contains(UInt8(ascii: "/"))
    if line.first == UInt8(ascii: "/") { line.removeFirst() }
    if !isBound { rule.parts.append(.anyNames) }
    let names = line.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    for (index, name) in names.enumerated() {
      guard isBound, name.elementsEqual("**".utf8) else {
        guard let pattern = NamePattern(name) else {
          throw .badPattern(String(decoding: text, as: UTF8.self))
        }
        rule.parts.append(.name(pattern))
        continue
      }
      if rule.parts.last != .anyNames { rule.parts.append(.anyNames) }
      // At the end they are what lies below, not the directory itself.
      if index == names.count - 1 { rule.parts.append(.name(.any)) }
    }
    return rule
  }

  /// As with the stars in a name: only the last of them need be tried longer.
  private static func match(_ parts: ArraySlice<Part>, _ names: ArraySlice<[UInt8]>) -> Bool {
    var (part, name) = (parts.startIndex, names.startIndex)
    var retry: (part: Int, name: Int)?
    while name < names.endIndex {
      if part < parts.endIndex, parts[part] == .anyNames {
        retry = (part + 1, name)
        part += 1
      } else if part < parts.endIndex, case .name(let pattern) = parts[part],
        pattern.matches(names[name])
      {
        part += 1
        name += 1
      } else if let last = retry {
        retry = (last.part, last.name + 1)
        (part, name) = (last.part, last.name + 1)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == .anyNames }
  }
}

/// Why a line is no rule.
public enum IgnoreRulesError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The pattern has a `[` without its `]`, or ends in a backslash.
  case badPattern(String)

  /// What is wrong, naming the pattern.
  public var description: String {
    switch self {
    case .badPattern(let text): "\"\(text)\" has a [ without its ], or ends in a backslash"
    }
  }
}
