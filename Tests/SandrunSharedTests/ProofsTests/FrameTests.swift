import Files
import SystemPackage
import Testing

@testable import Proofs

@Suite struct FrameTests {
  private let texts = ["one\n", "two\nthree\n", String(repeating: "four\n", count: 500)]

  @Test func whatIsWrittenIsRead() throws {
    let (text, frames, ending) = try readAll(try seekable(texts))
    #expect(text == texts.joined())
    #expect(frames == 3)
    #expect(ending == .seekTable)
  }

  @Test func randomTextsRoundTrip() throws {
    for round in 0..<50 {
      let texts = (0..<Int.random(in: 0...8)).map { _ in
        String((0..<Int.random(in: 0...3000)).map { _ in "abc\n\"".randomElement() ?? "d" }) + "\n"
      }
      let (text, frames, ending) = try readAll(try seekable(texts))
      #expect(text == texts.joined(), "round \(round)")
      #expect(frames == texts.count && ending == .seekTable, "round \(round)")
    }
  }

  @Test func theTableIsThatOfTheSeekableFormat() throws {
    let bytes = try seekable(["a\n", "bc\n"])
    // Two entries of 12 bytes, header of 8, footer of 9, as the format's description lays them out.
    let table = Array(bytes.suffix(2 * 12 + 17))
    #expect(Array(table[..<8]) == [0x5E, 0x2A, 0x4D, 0x18, 33, 0, 0, 0])
    #expect(Array(table.suffix(9)) == [2, 0, 0, 0, 0x80, 0xB1, 0xEA, 0x92, 0x8F])
    let first = Int(SeekTable.word(table.span, 8))
    #expect(Array(table[16..<20]) == Array(bytes[first - 4..<first]))
    #expect(SeekTable.word(table.span, 12) == 2)
  }

  @Test func aTableWithoutChecksumsIsRead() throws {
    let whole = try seekable(["a\n", "bc\n"])
    let frames = Array(whole.dropLast(2 * 12 + 17))
    let table = Array(whole.suffix(2 * 12 + 17))
    var plain = Array(table[..<4]) + [25, 0, 0, 0] + Array(table[8..<16]) + Array(table[20..<28])
    plain += [2, 0, 0, 0, 0, 0xB1, 0xEA, 0x92, 0x8F]
    #expect(try readAll(frames + plain).text == "a\nbc\n")
  }

  @Test func everyPrefixIsReadUpToItsLastWholeFrame() throws {
    let bytes = try seekable(texts)
    let withoutTable = try seekable(texts, withTable: false)
    let whole = texts.joined()
    for length in 0..<bytes.count {
      let (text, frames, ending) = try readAll(Array(bytes[..<length]))
      #expect(whole.hasPrefix(text))
      #expect(text == texts[..<frames].joined())
      #expect(ending != .seekTable, "\(length) of \(bytes.count) bytes taken for all")
      if length >= withoutTable.count { #expect(frames == 3) }
    }
  }

  @Test func noFlippedBitChangesTheText() throws {
    let bytes = try seekable(texts)
    let whole = texts.joined()
    var refused = 0
    for index in 0..<bytes.count * 8 {
      var flipped = bytes
      flipped[index / 8] ^= 1 << (index % 8)
      do {
        let result = try readAll(flipped)
        // A few bits say nothing, such as one of each frame's header (RFC 8878: Unused_Bit).
        if result.ending == .seekTable { #expect(result.text == whole) } else { refused += 1 }
      } catch is ProofError {
        refused += 1
      }
    }
    #expect(refused >= bytes.count * 8 - 8)
  }

  @Test func aTableOfOtherFramesIsRefused() throws {
    let one = try seekable(["a\n"], withTable: false)
    let other = try seekable(["ab\n"])
    let table = Array(other.suffix(12 + 17))
    #expect(try failure(one + table) == .badSeekTable(offset: one.count))
    let doubled = one + one + table
    #expect(try failure(doubled) == .badSeekTable(offset: one.count * 2))
  }

  @Test func whatFollowsTheTableIsRefused() throws {
    let bytes = try seekable(["a\n"])
    #expect(try failure(bytes + [0]) == .trailingBytes(offset: bytes.count))
    #expect(try failure(bytes + bytes) == .trailingBytes(offset: bytes.count))
  }

  @Test func foreignBytesAreRefused() throws {
    #expect(try failure(Array("{\"type\":\"start\"}\n".utf8)) == .notAFrame(offset: 0))
    #expect(try failure([]) == .noSeekTable)
    #expect(try failure([0x28, 0xB5]) == .torn(offset: 0))
    // Other skippable frames are no part of the format.
    #expect(try failure([0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]) == .notAFrame(offset: 0))
  }

  @Test func aFrameMustEndALine() throws {
    #expect(try failure(try seekable(["a"])) == .brokenLine(offset: 0))
    #expect(try failure(try seekable([""])) == .emptyFrame(offset: 0))
  }
}
