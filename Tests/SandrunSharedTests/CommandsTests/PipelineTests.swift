import Records
import SystemPackage
import TestSupport
import Testing

/// The nine rules of the record (design, section 2), one by one, on the demonstration tool.
@Suite struct PipelineTests {
  /// Later records are done long before the first, and half of them take no number at all.
  @Test(arguments: [("8", "-q"), ("8", "--unordered"), ("1", "-q")])
  func stepsFollowTheInput(jobs: String, option: String) async {
    let texts = ["60", "x", "20", "13", "7", "0", "40", "13", "1"]
    let run = await demo(
      "count", "--jobs", jobs, option, input: [texts.joined(separator: "\n") + "\n"])
    let numbered = run.output.split(separator: "\n").compactMap { line -> String? in
      guard let record = try? Record(parsing: Array(line.utf8)), let number = try? record["number"],
        let text = try? record.operand("text")
      else { return nil }
      return "\(number):\(text)"
    }
    #expect(numbered.sorted() == ["1:60", "2:20", "3:7", "4:0", "5:40", "6:1"])
    #expect(run.output.split(separator: "\n").count == texts.count)
  }

  @Test func aFailureKeepsWhatWasDone() async {
    let run = await demo("count", "7")
    #expect(
      run.output.hasPrefix(#"{"text":"7","number":1,"error":{"tool":"sr-demo","verb":"count""#))
    #expect(run.status == 75)
  }

  @Test func aStageAddsItsMemberAndPassesTheRestOn() async {
    let line = #"{"x":1e400 , "text":"ab","y":"\u0041"}"#
    let run = await demo("reverse", input: [line + "\n"])
    #expect(run.output == #"{"x":1e400 , "text":"ab","y":"\u0041","reversed":"ba"}"# + "\n")
    #expect(run.status == 0)
    #expect(run.errors == "")
  }

  @Test func operandsAreArgumentsOrLines() async {
    let expected = #"{"text":"ab","reversed":"ba"}"# + "\n"
    #expect(await demo("reverse", "ab").output == expected)
    #expect(await demo("reverse", input: ["a", "b\n"]).output == expected)
    #expect(await demo("reverse", input: ["ab"]).output == expected)
    #expect(
      await demo("reverse", "-0", input: ["ab\0a\nb\0"]).output
        == expected + #"{"text":"a\nb","reversed":"b\na"}"# + "\n")
    #expect(await demo("reverse", #"{"text":"ab"}"#).output == expected)
    #expect(await demo("reverse", " {").output == #"{"text":" {","reversed":"{ "}"# + "\n")
  }

  @Test func whatIsNoRecordIsReportedAndNotPassedOn() async {
    let run = await demo("reverse", input: ["{\"a\":}\nok\n\n[1]\n{\"text\":1}\n\u{fffd}"])
    #expect(run.status == 65)
    #expect(
      run.errors
        .hasPrefix(
          "sr-demo: error: line 1: malformed record: unexpected '}' at column 6 (offset 5)"))
    #expect(run.errors.contains("sr-demo: error: line 3 is empty\n"))
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[1] == #"{"text":"[1]","reversed":"]1["}"#)
    #expect(
      lines[2].hasPrefix(#"{"text":1,"error":{"tool":"sr-demo","verb":"reverse","status":65"#))
  }

  @Test func aFailureRidesAlong() async throws {
    let run = await demo("reverse", "--limit", "2", input: ["abc\nab\n"])
    #expect(run.status == 65)
    #expect(
      run.errors == "sr-demo: error: text longer than 2 bytes\nsr-demo: hint: raise --limit\n")
    let first =
      #"{"text":"abc","error":{"tool":"sr-demo","verb":"reverse","status":65,"code":"data","message":"text longer than 2 bytes","retryable":false}}"#
    #expect(run.output == first + "\n" + #"{"text":"ab","reversed":"ba"}"# + "\n")
    let later = await demo("split", input: [run.output])
    #expect(later.output.hasPrefix(first + "\n"))
    #expect(later.status == 65)
    #expect(!later.errors.contains("bytes"))
  }

  @Test func ownRetryableErrorsAreTakenUpAgain() async {
    let failed = await demo("reverse", "later")
    #expect(failed.status == 75)
    let again = await demo("reverse", input: [failed.output.replacing("later", with: "now")])
    #expect(again.output == #"{"text":"now","reversed":"won"}"# + "\n")
    #expect(again.status == 0)
    // Another verb's retryable error is not this verb's to take up.
    let other = await demo("split", input: [failed.output])
    #expect(other.output == failed.output)
    #expect(other.status == 75)
  }

  @Test func noErrorIsNone() async {
    let run = await demo("reverse", input: [#"{"text":"ab","error":null}"# + "\n"])
    #expect(run.output == #"{"text":"ab","error":null,"reversed":"ba"}"# + "\n")
    #expect(run.status == 0)
  }

  @Test(arguments: [#""boo""#, "{}", #"{"status":0}"#, #"{"status":"x"}"#, "[]"])
  func anErrorInForeignWordsStillFails(error: String) async {
    let line = #"{"text":"ab","error":\#(error)}"# + "\n"
    let run = await demo("reverse", input: [line])
    #expect(run.output == line)
    #expect(run.status == 65)
    #expect(
      run.errors == "sr-demo: error: the record's \"error\" is none that a tool of ours wrote\n")
  }

  @Test func recordsOnManyLinesLeaveOnOne() async {
    let run = await demo("reverse", "-0", input: ["{\n \"text\": \"ab\"\n}\0"])
    #expect(run.output == #"{  "text": "ab","reversed":"ba" }"# + "\n")
    let bad = await demo("reverse", "-0", input: ["{\"text\": \"a\nb\"}\0"])
    #expect(bad.status == 65)
    #expect(bad.output == "")
    #expect(await demo("reverse", "{\n\"text\":\"ab\"}").output.split(separator: "\n").count == 1)
  }

  @Test(arguments: ["1", "4"]) func whatIsDoneLeavesThoughTheInputFails(jobs: String) async {
    let run = await demo("reverse", "--jobs", jobs, input: ["a\nb\n", "\0fail"])
    #expect(run.status == 74)
    #expect(run.output.split(separator: "\n").count == 2)
  }

  @Test(arguments: ["1", "4"]) func anInterruptionIsNoEndOfTheInput(jobs: String) async {
    let run = await demo("reverse", "--jobs", jobs, input: ["a\nb", "\0interrupt"])
    #expect(run.output == #"{"text":"a","reversed":"a"}"# + "\n")
    #expect(run.status == 0)
  }

  @Test func aLongMessageIsCutSoThatTheRecordStaysReadable() async {
    let run = await demo("reverse", String(repeating: "x", count: 1 << 20) + "{")
    #expect(run.status == 65)
    let long = await demo(String(repeating: "y", count: 1 << 20))
    #expect(long.errors.utf8.count < 2048)
  }

  @Test func theFirstFailureGivesTheStatus() async {
    #expect(await demo("reverse", input: ["later\n", "{\n"]).status == 75)
    #expect(await demo("reverse", input: ["{\n", "later\n"]).status == 65)
    #expect(await demo("reverse", input: ["no\n"]).status == 1)
    #expect(await demo("reverse", input: ["no\nlater\n"]).status == 75)
  }

  @Test(arguments: [1, 2, 8]) func orderIsTheInputs(jobs: Int) async {
    let texts = ["30", "1", "20", "2", "10", "3", "later", "4"]
    let run = await demo(
      "reverse", "--patience", "1", "--jobs", "\(jobs)", input: texts.map { $0 + "\n" })
    #expect(texts.allSatisfy { run.output.contains(#""text":"\#($0)""#) })
    let order = run.output.split(separator: "\n").map { $0.dropFirst(9).prefix { $0 != "\"" } }
    #expect(order == texts.map { $0[...] })
    #expect(run.status == 75)
  }

  @Test func unorderedLetsTheQuickOut() async throws {
    let scratch = try Scratch()
    let marker = scratch.path.appending("written")
    // The first record is done only once something has been written: that must be the second.
    let run = await demo(
      "reverse", "--until", marker.string, "--jobs", "2", "--unordered", input: ["held\nquick\n"],
      output: Sink(marking: marker))
    #expect(run.output.hasPrefix(#"{"text":"quick""#))
    #expect(run.output.split(separator: "\n").count == 2)
  }

  @Test(arguments: [1, 4]) func failFastReadsNoMore(jobs: Int) async {
    let texts = ["later"] + (0..<100).map { "x\($0)" }
    let run = await demo(
      "reverse", "--fail-fast", "--jobs", "\(jobs)", input: texts.map { $0 + "\n" })
    #expect(run.status == 75)
    #expect(run.output.split(separator: "\n").count == 1)
  }

  @Test func outputIsFlushedBeforeAWait() async {
    let run = await demo("reverse", input: ["a\nb\n", "c\n"])
    // A machine that is busy lets something out in between, after a tenth of a second.
    #expect((2...3).contains(run.writes.count))
    let much = await demo("reverse", input: [String(repeating: "abcdefgh\n", count: 4000)])
    #expect((3..<400).contains(much.writes.count))
    #expect(much.writes.allSatisfy { $0.utf8.count < 70_000 })
  }

  /// A record that may not be lost ("7" and its error) leaves with its own end, however much input waits behind it.
  @Test(arguments: ["1", "4"]) func whatIsKeptIsWrittenAtOnce(jobs: String) async {
    let run = await demo("count", "--jobs", jobs, input: ["7\n7\n7\n0\n0\n0\n"])
    #expect(run.output.split(separator: "\n").count == 6)
    // The input is read in one piece, and its end is the only other moment at which something is written.
    #expect(run.writes.count >= (jobs == "1" ? 4 : 2))
  }

  @Test func aLongLineIsFineUpToALimit() async {
    let long = String(repeating: "x", count: 16 << 20)
    let run = await demo("reverse", "--limit", "99999999", input: [long, "\n"])
    #expect(run.status == 0)
    let longer = await demo("reverse", input: ["ok\n", long, "x", long, "\nab\n"])
    #expect(longer.status == 65)
    #expect(longer.errors == "sr-demo: error: line 2 is longer than 16 MiB\n")
    #expect(longer.output.hasSuffix(#"{"text":"ab","reversed":"ba"}"# + "\n"))
  }

  @Test func aStreamKeepsWhatItEmittedBeforeItFailed() async {
    let run = await demo("split", "a b bad c", "d")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0...1] == [#"{"word":"a"}"#, #"{"word":"b"}"#])
    #expect(lines[2].hasPrefix(#"{"text":"a b bad c","error":"#))
    #expect(run.status == 65)
  }

  @Test func rawVerbsPassNoRecordsOn() async {
    let run = await demo("cat", input: ["a\n{\"text\":1}\nb\n"])
    #expect(run.output == "ab")
    #expect(run.status == 65)
  }

  @Test func aBatchIsCommittedBeforeItIsPrinted() async {
    let run = await demo("batch", input: ["a\nb\n", "c\n"])
    #expect(run.errors == "sr-demo: commit\nsr-demo: commit\n")
    #expect(run.output.split(separator: "\n").count == 3)
    let spoiled = await demo("batch", input: ["a\npoison\n"])
    #expect(spoiled.status == 74)
    #expect(!spoiled.output.contains("stored"))
    #expect(spoiled.output.split(separator: "\n").allSatisfy { $0.contains(#""status":74"#) })
    #expect(spoiled.output.split(separator: "\n").count == 2)
  }

  /// Records that wait for a slow one are told of when they are out, not when they are done; so is one that fails.
  @Test(arguments: ["1", "8"]) func whoeverWantsToKnowIsToldWhatIsWritten(jobs: String) async {
    let run = await demo("count", "-v", "--jobs", jobs, input: ["60\n1\n", "7\nx\n5\n"])
    #expect(run.output.split(separator: "\n").count == 5)
    let told = run.errors.split(separator: "\n").filter { $0.hasPrefix("sr-demo: out") }
    #expect(told == ["60", "1", "7", "5"].map { "sr-demo: out: \($0)" })
  }

  @Test(arguments: ["1", "4"]) func nobodyIsToldWhatIsNotWritten(jobs: String) async {
    let sink = Sink(failing: Failure(.io, "cannot write standard output: Broken pipe"))
    let run = await demo("count", "-v", "--jobs", jobs, input: ["1\n2\n"], output: sink)
    #expect(run.status == 74)
    #expect(!run.errors.contains("out:"))
  }

  @Test(arguments: ["1", "4"]) func aFailingOutputEndsTheRun(jobs: String) async {
    let sink = Sink(failing: Failure(.io, "cannot write standard output: No space left on device"))
    let run = await demo("reverse", "--jobs", jobs, input: ["a\n", "b\n"], output: sink)
    #expect(run.status == 74)
    #expect(run.errors.hasPrefix("sr-demo: error: cannot write standard output"))
  }

  @Test func messagesCannotSteerATerminal() async {
    let run = await demo("reverse", "--limit", "1", #"{"error":{"status":70},"text":"\u001b[2J"}"#)
    #expect(!run.errors.contains("\u{1b}"))
    let bad = await demo("reverse", "--bad\u{1b}[2J")
    #expect(!bad.errors.contains("\u{1b}"))
    #expect(bad.errors.contains(#"\u{1b}"#))
  }
}
