/// Why a file is not seekable zstd as the tools write it, and at which byte.
public enum FrameError: Error, Equatable, Sendable {
  /// Neither a zstd frame nor a seek table begins at this offset.
  case notAFrame(offset: Int)
  /// The file ends inside the frame that begins at this offset.
  case torn(offset: Int)
  /// The frame has no content size, no checksum, or wants a dictionary.
  case unusualFrame(offset: Int)
  /// The frame holds no text.
  case emptyFrame(offset: Int)
  /// The frame's text is longer than the limit in bytes.
  case longFrame(offset: Int, limit: Int)
  /// With the frame at this offset the text is longer than so many times the file, beyond what any file may hold.
  case steepFile(offset: Int, limit: Int)
  /// All frames together hold more text than the limit in bytes.
  case longFile(limit: Int)
  /// There are more frames than the limit.
  case manyFrames(limit: Int)
  /// The frame's bytes do not decompress to what its header and checksum say.
  case damagedFrame(offset: Int, ZstdError)
  /// The frame is no longer the one that was hashed.
  case changedFrame(offset: Int)
  /// The frame's text does not end with a newline.
  case brokenLine(offset: Int)
  /// The file ends with no seek table.
  case noSeekTable
  /// The seek table at this offset is malformed or does not describe the frames before it.
  case badSeekTable(offset: Int)
  /// Something follows the seek table.
  case trailingBytes(offset: Int)
}

extension FrameError: CustomStringConvertible {
  /// `the frame at byte 4096 is damaged: Restored data doesn't match checksum`.
  public var description: String {
    switch self {
    case .notAFrame(let offset): "no zstd frame at byte \(offset)"
    case .torn(let offset): "the file ends inside the frame at byte \(offset)"
    case .unusualFrame(let offset):
      "the frame at byte \(offset) lacks its content size or checksum, or wants a dictionary"
    case .emptyFrame(let offset): "the frame at byte \(offset) is empty"
    case .longFrame(let offset, let limit):
      "the frame at byte \(offset) holds more than \(limit) bytes of text"
    case .steepFile(let offset, let limit):
      "up to the frame at byte \(offset) the file expands to more than \(limit) times its size"
    case .longFile(let limit): "more than \(limit) bytes of text"
    case .manyFrames(let limit): "more than \(limit) frames"
    case .damagedFrame(let offset, let error): "the frame at byte \(offset) is damaged: \(error)"
    case .changedFrame(let offset): "the frame at byte \(offset) changed while it was read"
    case .brokenLine(let offset): "the frame at byte \(offset) does not end at the end of a line"
    case .noSeekTable: "no seek table at the end"
    case .badSeekTable(let offset): "the seek table at byte \(offset) does not match the frames"
    case .trailingBytes(let offset): "something after the seek table, at byte \(offset)"
    }
  }
}
