import Records
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Each tool's help and its man page tell of the same verbs, flags and statuses.
@Suite struct PageTests {
  static let tools = ["sr-ipfs", "sr-chain", "sr-job", "sr-node", "sr-proof", "sr-gpu"]

  @Test(arguments: tools) func flagsAgree(tool: String) async throws {
    let help = try await dump(tool)
    let page = try Page(tool)
    let spoken = page.flags.subtracting(Self.stdinMark)
    #expect(help.flags.subtracting(spoken) == [], "in --help but not in the page")
    #expect(spoken.subtracting(help.flags) == [], "in the page but not in --help")
  }

  @Test(arguments: tools) func verbsAgree(tool: String) async throws {
    let help = try await dump(tool)
    let page = try Page(tool)
    #expect(help.verbs.subtracting(page.synopsis) == [], "in --help but not in the SYNOPSIS")
    #expect(help.verbs.subtracting(page.tagged) == [], "in --help but without its paragraph")
    #expect(page.operandRows >= help.verbs.count, "a verb without its Operand: row")
  }

  @Test(arguments: tools) func statusesAgree(tool: String) throws {
    let page = try Page(tool)
    let known = Dictionary(
      uniqueKeysWithValues: Failure.Status.table.map { ("\($0.status.rawValue)", $0.meaning) })
    #expect(page.statuses.count >= 3)
    for row in page.statuses {
      #expect(row.meaning.hasPrefix(known[row.status] ?? "\u{0}"), "\(row)")
    }
    #expect(
      page.statuses.map(\.status)
        == page.statuses.map(\.status).sorted { (Int($0) ?? 0) < (Int($1) ?? 0) })
  }

  /// `Fl -` alone stands for standard input as an operand.
  private static let stdinMark: Set<String> = ["-"]

  private struct Help {
    var flags: Set<String> = []
    var verbs: Set<String> = []
  }

  private func dump(_ tool: String) async throws -> Help {
    let result = try await Subprocess.run(
      .path(Programs.path(tool)), arguments: ["--experimental-dump-help"],
      output: .bytes(limit: 1 << 22), error: .discarded)
    let root = try #require(try JSON(parsing: result.standardOutput)["command"])
    var help = Help()
    collect(root, isRoot: true, into: &help)
    return help
  }

  private func collect(_ command: JSON, isRoot: Bool, into help: inout Help) {
    let children = command["subcommands"]?.elements ?? []
    let name = command["commandName"]?.string ?? ""
    guard name != "help", command["shouldDisplay"] != false else { return }
    if !isRoot, children.allSatisfy({ $0["commandName"] == "help" }) { help.verbs.insert(name) }
    for argument in command["arguments"]?.elements ?? [] where argument["shouldDisplay"] == true {
      for spelled in argument["names"]?.elements ?? [] {
        let dashes = spelled["kind"] == "long" ? "-" : ""
        help.flags.insert(dashes + (spelled["name"]?.string ?? ""))
      }
    }
    for child in children { collect(child, isRoot: false, into: &help) }
  }

  /// What a page in mdoc says, macro by macro.
  private struct Page {
    var text: String
    /// `j`, `-jobs`: what follows `Fl`.
    var flags: Set<String> = []
    /// What stands behind `Cm` in the SYNOPSIS, and at the head of a paragraph of its own.
    var synopsis: Set<String> = []
    var tagged: Set<String> = []
    var statuses: [(status: String, meaning: String)] = []
    var operandRows = 0

    init(_ tool: String) throws {
      let path = Vectors.checkout.appending("man/\(tool).1")
      text = String(decoding: try Vectors.bytes(of: path), as: UTF8.self)
      var section = ""
      let lines = text.split(separator: "\n")
      for (index, line) in lines.enumerated() {
        if line.hasPrefix(".Sh ") { section = String(line.dropFirst(4)) }
        if line.hasPrefix("Operand") { operandRows += 1 }
        guard line.hasPrefix(".") else { continue }
        let words = line.dropFirst().split(separator: " ").map(String.init)
        collect(words)
        let named = words.split(separator: "Cm", omittingEmptySubsequences: false).dropFirst()
          .compactMap { $0.last { $0.contains(where: \.isLetter) } }
        if section == "SYNOPSIS" { synopsis.formUnion(named) }
        if words.first == "It" || words.first == "Ss" { tagged.formUnion(named) }
        if section == "EXIT STATUS", words.first == "It", words.count == 2, index + 1 < lines.count
        {
          statuses.append((words[1], String(lines[index + 1])))
        }
      }
    }

    /// `Fl a , -all Ar x` names two flags: `Fl` goes on over commas until another macro.
    private mutating func collect(_ words: [String]) {
      var macro = ""
      for word in words {
        if word.count == 2, word.first?.isUppercase == true {
          macro = word
        } else if !word.contains(where: { $0.isLetter || $0.isNumber }), word != "-" {
          continue
        } else if macro == "Fl" {
          flags.insert(word)
        }
      }
    }
  }
}
