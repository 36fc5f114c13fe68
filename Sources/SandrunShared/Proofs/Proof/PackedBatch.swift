internal import Hashing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Some frames in a row, compressed, and what was seen of their lines on the way.
struct PackedBatch: Sendable {
  struct Frame: Sendable {
    var bytes: [UInt8]
    var textSize: Int
    var leaf: Digest32
  }

  var index: Int
  var frames: [Frame] = []
  var lines = 0
  var firstLine: [UInt8] = []
  var exitLine: [UInt8]?
  var lastLine: [UInt8] = []
}

/// Compresses each text to a frame, and finds the lines that a trace has one of.
func packed(_ texts: [[UInt8]], _ index: Int) -> Result<PackedBatch, ProofError> {
  var batch = PackedBatch(index: index)
  do throws(ZstdError) {
    let compressor = try ZstdCompressor()
    for text in texts {
      let frame = try compressor.frame(of: text.span)
      batch.frames.append(
        .init(bytes: frame, textSize: text.count, leaf: MerkleTree.leaf(frame)))
      scan(text, into: &batch)
    }
  } catch {
    return .failure(.zstd(error))
  }
  batch.firstLine = Array(texts.first?.prefix { $0 != UInt8(ascii: "\n") } ?? [])
  let last = texts.last?.dropLast() ?? []
  let start = last.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? last.startIndex
  batch.lastLine = Array(last[start...])
  return .success(batch)
}

/// How an `exit` line begins; inside a string its quotes would be escaped.
private let exitMark = Array(#"{"type":"exit","#.utf8)

/// Counts the lines of a text and keeps the one that tells of the exit; the corresponding C function is `memchr`.
private func scan(_ text: [UInt8], into batch: inout PackedBatch) {
  unsafe text.withUnsafeBytes { text in
    guard let base = text.baseAddress else { return }
    var start = 0
    while let found = unsafe memchr(base + start, 0x0A, text.count - start) {
      let end = unsafe UnsafeRawPointer(found) - base
      let line = unsafe text[start..<end]
      if unsafe line.starts(with: exitMark) { batch.exitLine = unsafe Array(line) }
      batch.lines += 1
      start = end + 1
    }
  }
}
