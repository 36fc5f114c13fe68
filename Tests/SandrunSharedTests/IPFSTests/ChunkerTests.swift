import IPFS
import Testing

/// What the vectors do not say of chunkers: their names, and that it does not matter how content comes in.
@Suite struct ChunkerTests {
  @Test(arguments: [
    ("size-1", Chunker.size(1)), ("size-2096896", .size(2_096_896)), ("buzhash", .buzhash),
    ("rabin", .rabin(minimum: 87381, average: 262_144, maximum: 393_216)),
    ("rabin-48", .rabin(minimum: 16, average: 48, maximum: 72)),
    ("rabin-1000", .rabin(minimum: 333, average: 1000, maximum: 1500)),
    ("rabin-16-32-64", .rabin(minimum: 16, average: 32, maximum: 64)),
    ("rabin-min:16-avg:32-max:64", .rabin(minimum: 16, average: 32, maximum: 64)),
    ("rabin-20-20-2096896", .rabin(minimum: 20, average: 20, maximum: 2_096_896)),
  ])
  func names(text: String, chunker: Chunker) throws {
    #expect(try Chunker(parsing: text) == chunker)
  }

  @Test(arguments: [
    ("", ChunkerError.unknown), ("size", .unknown), ("sizes-1", .unknown), ("size-1-2", .unknown),
    ("buzhash-1", .unknown), ("rabin-1-2", .unknown), ("rabin-1-2-3-4", .unknown),
    ("Size-1", .unknown), ("size-", .notNumber("")), ("size-0", .notNumber("0")),
    ("size-x", .notNumber("x")), ("size-+1", .notNumber("+1")), ("rabin-", .notNumber("")),
    ("size-99999999999999999999", .notNumber("99999999999999999999")),
    ("rabin-avg:16-avg:32-max:64", .notNumber("avg:16")),
    ("size-2096897", .tooLarge(2_096_897)), ("rabin-1400000", .tooLarge(2_100_000)),
    ("rabin-9223372036854775807", .tooLarge(.max)), ("rabin-16-32-2096897", .tooLarge(2_096_897)),
    ("rabin-47", .belowMinimum(48)), ("rabin-15-32-64", .belowMinimum(16)),
    ("rabin-64-32-128", .notAscending), ("rabin-16-64-32", .notAscending),
  ])
  func textsThatNameNone(text: String, error: ChunkerError) {
    #expect(throws: error) { try Chunker(parsing: text) }
  }

  /// Out of a pipe come pieces of any length.
  @Test(arguments: ["size-100", "size-300000", "buzhash", "rabin", "rabin-16-64-300"])
  func itDoesNotMatterInWhatPiecesContentComes(name: String) throws {
    var generator = Numbers()
    for layout in [ImportOptions.Layout.balanced, .trickle] {
      for length in [0, 1, 16, 300, 301, 40_000, 700_000] {
        var options = ImportOptions(.unixfsV0)
        options.chunker = try Chunker(parsing: name)
        options.layout = layout
        options.metadata = Metadata(mode: 0o644)
        let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        let importer = Importer(options, into: DiscardingSink())
        let whole = try importer.add(bytes: bytes)
        var offset = 0
        let inPieces = try importer.add { (limit) throws(ImportError) in
          let count = min(limit, bytes.count - offset, 1 + Int(generator.next() % 70_000))
          defer { offset += count }
          return Array(bytes[offset..<offset + count])
        }
        #expect(inPieces == whole, "\(layout) \(length)")
        #expect(whole.size == UInt64(length))
      }
    }
  }

  /// What chunks cut by content are for: a byte more at the beginning changes few of them.
  @Test(arguments: ["buzhash", "rabin-1000-2000-4000"])
  func anInsertionLeavesMostChunksAsTheyWere(name: String) throws {
    var generator = Numbers()
    let bytes = (0..<2_000_000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    var options = ImportOptions()
    options.chunker = try Chunker(parsing: name)
    let store = MemoryStore()
    _ = try Importer(options, into: store).add(bytes: bytes)
    let before = store.count
    _ = try Importer(options, into: store).add(bytes: [0] + bytes)
    #expect(before > 5 && store.count - before <= 4, "\(before), then \(store.count)")
  }

  /// Numbers that look like chance, and are the same each time.
  private struct Numbers {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
