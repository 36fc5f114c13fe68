import Files
import SystemPackage
import Testing

@testable import Proofs

/// Each row spoils one thing of a good trace and names the one error that this must be.
@Suite struct TraceRefusalTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var line: Int
    var find: String
    var replace: String
    var reason: TraceError.Reason
    var testDescription: String { "\(find) -> \(replace)" }

    init(_ line: Int, _ find: String, _ replace: String, _ reason: TraceError.Reason) {
      self.line = line
      self.find = find
      self.replace = replace
      self.reason = reason
    }
  }

  static let rows = [
    Row(1, #""version":1"#, #""version":2"#, .unknownVersion(2)),
    Row(1, #""argv":["python3","#, #""argv":[3,"#, .badMember("argv")),
    Row(1, #""memory":536870912"#, #""memory":-1"#, .badMember("limits")),
    Row(1, #""sandbox":"bubblewrap","#, "", .badMember("sandbox")),
    Row(1, "Z\"", "+01:00\"", .badMember("time")),
    Row(1, #""type":"start""#, #""type":"begin""#, .unknownType("begin")),
    Row(1, #""type":"start""#, #""type":"start","extra":0"#, .unknownMember("extra")),
    Row(2, #""seq":1"#, #""seq":2"#, .badSequence(expected: 1, found: 2)),
    Row(2, #""seq":1"#, #""seq":1.0"#, .badMember("seq")),
    Row(2, #""offset":0"#, #""offset":1"#, .badOffset(expected: 0, found: 1)),
    Row(2, #""length":6"#, #""length":0"#, .badMember("length")),
    Row(2, #""sha256":"5"#, #""sha256":"z"#, .badMember("sha256")),
    Row(3, #""memory":8000000"#, #""memory":8e6"#, .badMember("memory")),
    Row(3, #""cpuSeconds":0.1"#, #""cpuSeconds":0.10"#, .badMember("cpuSeconds")),
    Row(4, #""at":2.5"#, #""at":1.2"#, .timeRunsBack),
    Row(5, #""length":6"#, #""length":7"#, .badSize("stdout")),
    Row(5, #""length":8"#, #""length":9"#, .badSize("stderr")),
    Row(5, #""status":"completed""#, #""status":"done""#, .badMember("status")),
    Row(5, #""exitCode":0"#, #""exitCode":256"#, .badMember("exitCode")),
    Row(5, #""exitCode":0,"#, "", .badMember("exitCode")),
    Row(5, #""truncated":false}}"#, #""truncated":0}}"#, .badMember("truncated")),
    Row(7, "b.txt", "a/b.txt", .unorderedPath("a/b.txt")),
    Row(8, #""count":8"#, #""count":9"#, .badCount(expected: 8, found: 9)),
  ]

  private func text() throws -> String {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("trace")
    try Sample.trace(at: path)
    return try readAll(try Files.read(path)).text
  }

  private func failure(_ text: String) throws -> TraceError? {
    let folder = try TemporaryFolder()
    try folder.file(Array(text.utf8), "trace.jsonl").close()
    do {
      _ = try events(folder.path.appending("trace.jsonl"))
      return nil
    } catch ProofError.trace(let error) {
      return error
    }
  }

  @Test func aPlainFileOfLinesIsReadToo() throws {
    #expect(try failure(try text()) == nil)
  }

  @Test(arguments: rows) func aSpoiledLineIsNamed(_ row: Row) throws {
    let text = try text()
    let range = try #require(text.range(of: row.find), "the row spoils nothing")
    let spoiled = text.replacing(range, with: row.replace)
    #expect(try failure(spoiled) == TraceError(line: row.line, row.reason))
  }

  @Test func linesOutOfPlaceAreNamed() throws {
    let lines = try text().split(separator: "\n").map(String.init)
    func renumbered(_ lines: [String]) -> String {
      lines.enumerated().map { index, line in
        let end = line.firstIndex(of: "q").map { line.index($0, offsetBy: 3) } ?? line.startIndex
        let rest = line[end...].drop { $0.isNumber }
        return line[..<end] + "\(index)" + rest + "\n"
      }.joined()
    }
    #expect(try failure(renumbered(lines)) == nil)
    #expect(
      try failure(renumbered(Array(lines.dropFirst())))
        == TraceError(line: 1, .misplaced("stdout")))
    #expect(
      try failure(renumbered([lines[0]] + lines)) == TraceError(line: 2, .misplaced("start")))
    #expect(
      try failure(renumbered(Array(lines[..<5]) + lines[4...]))
        == TraceError(line: 6, .misplaced("exit")))
    #expect(
      try failure(renumbered(lines + [lines[7]])) == TraceError(line: 9, .misplaced("end")))
    #expect(
      try failure(renumbered(Array(lines.dropLast()))) == TraceError(line: 7, .unfinished))
    #expect(
      try failure(renumbered(lines.filter { !$0.contains(#""type":"exit""#) }))
        == TraceError(line: 5, .misplaced("output")))
  }
}

extension String {
  fileprivate func range(of needle: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) {
        return start..<index(start, offsetBy: needle.count)
      }
      start = index(after: start)
    }
    return nil
  }

  fileprivate func replacing(_ range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
