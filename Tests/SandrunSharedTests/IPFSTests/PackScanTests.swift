import Files
import Hashing
import SystemPackage
import Testing

@testable import IPFS

/// A block that is full of headers, each of which claims much of what comes behind it: no scan takes more than its measure.
@Suite struct PackScanTests {
  private static let names = (0..<8).map { "behind \($0)" }

  /// The pack of such a block, with others behind it.
  private func make() throws -> TestRepository {
    let place = try TestRepository()
    var hostile: [UInt8] = []
    while hostile.count + Pack.headerLength <= Block.maximumLength {
      var key = [UInt8](repeating: 1, count: 32)
      key[0] = UInt8(truncatingIfNeeded: hostile.count)
      Pack.appendHeader(try Digest32(key), length: 1 << 20, to: &hostile)
    }
    let batch = try place.opened().batch()
    try TestRepository.put(hostile, as: CID(hashing: hostile, codec: .raw), into: batch)
    for name in Self.names {
      let bytes = TestRepository.bytes(name, count: 200_000)
      try TestRepository.put(bytes, as: CID(hashing: bytes, codec: .raw), into: batch)
    }
    try batch.commit()
    return place
  }

  /// The bytes that this thread has read so far; nil where the system does not tell.
  private func bytesRead() throws -> Int? {
    guard let text = try? Files.read("/proc/thread-self/io") else { return nil }
    let line = String(decoding: text, as: UTF8.self).split(separator: "\n").first
    return line.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) }
  }

  /// Its own header is damaged, or its content is.
  @Test(arguments: [false, true])
  func falseHeadersCostWorkInTheMeasureOfTheStretch(isHeaderWhole: Bool) throws {
    let place = try make()
    try place.edit(place.pack(1)) { bytes in
      bytes[Pack.magic.count + (isHeaderWhole ? Pack.headerLength + 2_000_000 : 5)] ^= 1
    }
    let file = try OpenFile(place.pack(1), .readOnly)
    let size = try file.size()
    let before = try bytesRead()
    var scan = PackScan(Pack(number: 1, file: file), from: Pack.magic.count, to: size)
    var found = 0
    while try scan.next() != nil { found += 1 }
    let limit = PackScan.allowance + size * PackScan.allowanceForByte + Block.maximumLength
    #expect(scan.wasted > PackScan.allowance, "it was as hostile as was meant")
    #expect(scan.wasted <= limit)
    if let before, let after = try bytesRead() {
      // What was read in vain, what was found, and at each false header a first window.
      #expect(after - before < limit + 2 * size + size / Pack.headerLength * 1024)
    } else {
      print("skipped: this system does not tell what a thread has read")
    }
    if isHeaderWhole {
      #expect(found == Self.names.count)
    } else {
      // At the start of the next one the allowance may just be spent.
      #expect(found >= Self.names.count - 1)
    }
  }
}
