/// What a job means by the type of a GPU, held against the maker's name of a model: rules, and a table of data.
///
/// `a100`, `rtx4090` or `rtx-4090` are words of the name, one after another: `NVIDIA GeForce RTX 4090`. Words that make another chip
/// of it (`Ti`, `SUPER`, `Laptop`) must be asked for. Where a driver's name of a model has not those words, a row of the table says
/// what it has.
enum GPUNames {
  /// A type that jobs ask for, and the words that a model's name has for it, in this order.
  struct Row {
    var type: String
    var words: [String]
  }

  /// Where the maker's word is another, or other words stand between: AMD's driver for OpenCL tells the chip, Intel's adds marks.
  static let table: [Row] = [
    Row(type: "mi100", words: ["gfx908"]),
    Row(type: "mi210", words: ["gfx90a"]),
    Row(type: "mi250", words: ["gfx90a"]),
    Row(type: "mi250x", words: ["gfx90a"]),
    Row(type: "mi300a", words: ["gfx942"]),
    Row(type: "mi300x", words: ["gfx942"]),
    Row(type: "rx6800xt", words: ["gfx1030"]),
    Row(type: "rx6900xt", words: ["gfx1030"]),
    Row(type: "rx7900xt", words: ["gfx1100"]),
    Row(type: "rx7900xtx", words: ["gfx1100"]),
    Row(type: "arca380", words: ["arc", "a380"]),
    Row(type: "arca750", words: ["arc", "a750"]),
    Row(type: "arca770", words: ["arc", "a770"]),
    Row(type: "arcb580", words: ["arc", "b580"]),
    Row(type: "rtx6000ada", words: ["rtx", "6000", "ada"]),
    Row(type: "rtxpro6000", words: ["rtx", "pro", "6000"]),
    Row(type: "teslat4", words: ["t4"]),
    Row(type: "teslav100", words: ["v100"]),
  ]

  /// Words behind a model's number that make another chip of it.
  static let distinguishing: Set<String> = [
    "ti", "super", "laptop", "mobile", "max", "ada", "d", "xt", "xtx", "gre", "mig",
  ]

  /// Whether a model of this name is of this type.
  static func means(_ type: String, _ name: String) -> Bool {
    let wanted = type.filter { $0 != "-" }
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    if table.contains(where: { $0.type == wanted && has($0.words, in: words) }) { return true }
    return words.indices.contains { first in
      var joined = ""
      for index in words[first...].indices {
        joined += words[index]
        guard wanted.hasPrefix(joined) else { return false }
        guard joined == wanted else { continue }
        // Two words after it are looked at: `RTX 4080 SUPER Laptop GPU`.
        return !words[(index + 1)...].prefix(2).contains { distinguishing.contains($0) }
      }
      return false
    }
  }

  /// Whether all of them are there, in this order.
  private static func has(_ wanted: [String], in words: [String]) -> Bool {
    var rest = words[...]
    for word in wanted {
      guard let index = rest.firstIndex(of: word) else { return false }
      rest = rest[(index + 1)...]
    }
    return true
  }
}
