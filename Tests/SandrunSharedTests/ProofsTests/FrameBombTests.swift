import Testing

@testable import Proofs

@Suite struct FrameBombTests {
  @Test func aSteepFileIsRefusedUnopened() throws {
    let zeros = String(repeating: "0", count: 1 << 20) + "\n"
    let frame = try seekable([zeros], withTable: false).count
    let bytes = try seekable([zeros, zeros, zeros])
    let limits = FrameLimits(slack: 2_200_000)
    #expect(try failure(bytes, limits: limits) == .steepFile(offset: 2 * frame, limit: 1024))
    // What a submitter can put into one frame spoils no honest node's proof.
    #expect(try failure(bytes) == nil)
  }

  @Test func aLongFrameIsRefusedUnopened() throws {
    let text = (0..<1_000_000).map { "\($0)" }.joined(separator: " ") + "\n"
    let bytes = try seekable(["a\n", text])
    let first = try seekable(["a\n"], withTable: false).count
    #expect(try failure(bytes) == .longFrame(offset: first, limit: 4 << 20))
  }

  @Test func aFrameThatStatesTerabytesIsRefused() throws {
    // Magic; single segment, checksum, eight bytes of size; then 2^40.
    let header: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xE4, 0, 0, 0, 0, 0, 1, 0, 0]
    let rawBlock: [UInt8] = [0x09, 0, 0, 0x61, 0, 0, 0, 0]
    #expect(try failure(header + rawBlock) == .longFrame(offset: 0, limit: 4 << 20))
    let endless = header + [UInt8](repeating: 0, count: 1 << 20)
    #expect(try failure(endless) == .longFrame(offset: 0, limit: 4 << 20))
  }

  @Test func aFrameOfUnknownSizeIsRefused() throws {
    // A window descriptor and no size; then a size but no checksum; then a dictionary's id.
    let block: [UInt8] = [0x11, 0, 0, 0x61, 0x0A]
    let unsized: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0] + block + [0, 0, 0, 0]
    let unchecked: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x20, 2] + block
    let dictionary: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x25, 7, 2] + block + [0, 0, 0, 0]
    for bytes in [unsized, unchecked, dictionary] {
      #expect(try failure(bytes) == .unusualFrame(offset: 0))
    }
  }

  @Test func theWholeFileIsBounded() throws {
    let bytes = try seekable(["aa\n", "bb\n", "cc\n"])
    #expect(try failure(bytes, limits: FrameLimits(totalText: 9)) == nil)
    #expect(try failure(bytes, limits: FrameLimits(totalText: 8)) == .longFile(limit: 8))
    #expect(try failure(bytes, limits: FrameLimits(frames: 3)) == nil)
    #expect(try failure(bytes, limits: FrameLimits(frames: 2)) == .manyFrames(limit: 2))
  }

  @Test func aTableThatStatesGigabytesIsRefused() throws {
    let frame = try seekable(["a\n"], withTable: false)
    let table: [UInt8] = [0x5E, 0x2A, 0x4D, 0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0]
    #expect(try failure(frame + table) == .badSeekTable(offset: frame.count))
  }
}
