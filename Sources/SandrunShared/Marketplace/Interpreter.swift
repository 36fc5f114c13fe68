/// Finds out what runs a file, from its name and its first bytes.
public enum Interpreter {
  private static let byExtension = [
    "py": "python3", "sh": "sh", "bash": "bash", "js": "node", "mjs": "node", "rb": "ruby",
    "pl": "perl", "lua": "lua", "jl": "julia", "r": "Rscript", "R": "Rscript", "php": "php",
  ]

  /// How a file is run.
  public enum Answer: Equatable, Sendable {
    /// By this program.
    case program(String)
    /// By itself: it is an executable.
    case itself
    /// Nothing tells.
    case unknown
  }

  /// Asks the `#!` line first, then the ELF magic, then the name's extension.
  ///
  /// `head` is the file's beginning; 256 bytes are enough for any `#!` line that Linux takes.
  public static func find(name: String, head: [UInt8]) -> Answer {
    if head.starts(with: "#!".utf8), let program = shebang(head) { return .program(program) }
    if head.starts(with: [0x7f, 0x45, 0x4c, 0x46]) { return .itself }
    let last = name.split(separator: "/").last ?? ""
    guard let dot = last.lastIndex(of: "."), dot != last.startIndex,
      let program = byExtension[String(last[last.index(after: dot)...])]
    else { return .unknown }
    return .program(program)
  }

  /// `#!/usr/bin/env python3` and `#!/usr/bin/python3` both name `python3`; what takes options is not guessed at.
  private static func shebang(_ head: [UInt8]) -> String? {
    let line = head.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let words = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" }
    guard let first = words.first, let program = first.split(separator: "/").last else {
      return nil
    }
    if program == "env" { return words.count == 2 ? String(words[1]) : nil }
    return words.count == 1 ? String(program) : nil
  }

  /// The names that a folder's entrypoint goes by, where the user gave none.
  public static func isUsualEntrypoint(_ name: String) -> Bool {
    if ["__main__.py", "run.sh", "index.js", "main"].contains(name) { return true }
    guard name.hasPrefix("main.") else { return false }
    return byExtension[String(name.dropFirst("main.".count))] != nil
  }
}
