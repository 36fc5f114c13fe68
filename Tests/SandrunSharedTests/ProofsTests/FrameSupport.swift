import SystemPackage

@testable import Proofs

/// Seekable zstd of these texts, one frame each, as a file's bytes.
func seekable(_ texts: [String], withTable: Bool = true) throws -> [UInt8] {
  let compressor = try ZstdCompressor()
  var table = SeekTable()
  var bytes: [UInt8] = []
  for text in texts {
    let frame = try compressor.frame(of: Array(text.utf8).span)
    bytes += frame
    table.entries.append(
      SeekTable.Entry(
        compressed: UInt32(frame.count), text: UInt32(text.utf8.count),
        checksum: SeekTable.word(frame.span, frame.count - 4)))
  }
  return bytes + (withTable ? table.bytes : [])
}

/// All text of a file and how it ended.
func readAll(_ bytes: [UInt8], limits: FrameLimits = FrameLimits()) throws -> (
  text: String, frames: Int, ending: FrameReader.Ending?
) {
  let folder = try TemporaryFolder()
  let descriptor = try folder.file(bytes)
  defer { try? descriptor.close() }
  var reader = try FrameReader(descriptor, named: folder.path, limits: limits)
  var text: [UInt8] = []
  var frames = 0
  while let frame = try reader.next() {
    try reader.append(frame, to: &text)
    frames += 1
  }
  return (String(decoding: text, as: UTF8.self), frames, reader.ending)
}

/// The error that reading these bytes ends with.
func failure(_ bytes: [UInt8], limits: FrameLimits = FrameLimits()) throws -> FrameError? {
  do {
    let result = try readAll(bytes, limits: limits)
    switch result.ending {
    case .torn(let offset): return .torn(offset: offset)
    case .noSeekTable: return .noSeekTable
    default: return nil
    }
  } catch ProofError.frame(let error) {
    return error
  }
}
