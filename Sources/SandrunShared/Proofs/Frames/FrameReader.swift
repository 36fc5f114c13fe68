internal import Files
internal import SystemPackage

/// One compressed frame, still unopened.
struct Frame: Equatable, Sendable {
  /// Where it begins in the file.
  var offset: Int
  /// All its bytes.
  var bytes: [UInt8]
  /// The size of its text as its header states it, within the limits.
  var textSize: Int
}

/// Walks the frames of a file that it does not trust, in order, one frame in memory at a time.
///
/// The seek table is not used to find anything: it is compared with the frames that were met. So a file whose tail is
/// torn off is read up to the last whole frame. The file is read by `pread`: one cut short meanwhile is torn, no crash.
struct FrameReader: ~Copyable {
  /// How the file ended once `next` has returned nil.
  enum Ending: Equatable {
    /// With a seek table that describes the frames.
    case seekTable
    /// After a whole frame, with no seek table.
    case noSeekTable
    /// Inside the frame or table at this offset.
    case torn(offset: Int)
  }

  private(set) var ending: Ending?
  private let descriptor: FileDescriptor
  private let path: FilePath
  private let limits: FrameLimits
  private let decompressor: ZstdDecompressor
  private var offset = 0
  private var totalText = 0
  private var guess = 1 << 16
  private var table = SeekTable()

  /// The bytes met so far; at the end those of the whole file.
  var size: Int { offset }

  /// A reader from the beginning of an open file, which stays the caller's to close.
  init(_ descriptor: FileDescriptor, named path: FilePath, limits: FrameLimits)
    throws(ProofError)
  {
    do { decompressor = try ZstdDecompressor() } catch { throw .zstd(error) }
    self.descriptor = descriptor
    self.path = path
    self.limits = limits
  }

  /// The next frame; nil at the end of the file, which `ending` then tells.
  mutating func next() throws(ProofError) -> Frame? {
    guard ending == nil else { return nil }
    var bytes = try read(at: offset, count: guess)
    if bytes.isEmpty {
      ending = .noSeekTable
      return nil
    }
    guard bytes.count >= 4 else { return torn() }
    switch SeekTable.word(bytes.span, 0) {
    case SeekTable.skippableMagic: return try readTable(bytes)
    case ZstdHeader.magic: break
    default: throw .frame(.notAFrame(offset: offset))
    }
    guard let length = try frameLength(&bytes) else { return torn() }
    bytes.removeLast(bytes.count - length)
    let textSize = try judge(bytes)
    table.entries.append(
      SeekTable.Entry(
        compressed: UInt32(length), text: UInt32(textSize),
        checksum: SeekTable.word(bytes.span, length - 4)))
    let frame = Frame(offset: offset, bytes: bytes, textSize: textSize)
    offset += length
    totalText += textSize
    guess = max(guess, length + length / 2)
    return frame
  }

  /// Decompresses a frame behind what `text` holds already; its text must end with a newline.
  borrowing func append(_ frame: Frame, to text: inout [UInt8]) throws(ProofError) {
    do throws(ZstdError) {
      try decompressor.append(frame.bytes.span, holding: frame.textSize, to: &text)
    } catch {
      throw .frame(.damagedFrame(offset: frame.offset, error))
    }
    guard text.last == UInt8(ascii: "\n") else { throw .frame(.brokenLine(offset: frame.offset)) }
  }

  /// Sees that the file, met to its end, was complete.
  func requireSeekTable() throws(ProofError) {
    switch ending {
    case .torn(let offset): throw .frame(.torn(offset: offset))
    case .noSeekTable, nil: throw .frame(.noSeekTable)
    case .seekTable: break
    }
  }

  private mutating func torn() -> Frame? {
    ending = .torn(offset: offset)
    return nil
  }

  /// The length of the frame that the bytes begin with, more of them read as needed; nil where the file ends first.
  private func frameLength(_ bytes: inout [UInt8]) throws(ProofError) -> Int? {
    let longest = ZstdHeader.longestFrame(ofText: limits.frameText)
    var wanted = guess
    while true {
      let found: Int?
      do { found = try ZstdHeader.frameLength(bytes.span) } catch {
        throw .frame(.damagedFrame(offset: offset, error))
      }
      if let found {
        guard found <= longest else { break }
        return found
      }
      if bytes.count < wanted { return nil }
      // Before more is read: a frame that states too much will not be read to its end.
      if bytes.count >= ZstdHeader.longest { _ = try judgeHeader(bytes) }
      guard bytes.count < longest else { break }
      let more = min(bytes.count, longest - bytes.count)
      wanted = bytes.count + more
      bytes += try read(at: offset + bytes.count, count: more)
    }
    throw .frame(.longFrame(offset: offset, limit: limits.frameText))
  }

  private func judgeHeader(_ bytes: [UInt8]) throws(ProofError) -> Int {
    guard let size = ZstdHeader.contentSize(bytes.span) else {
      throw .frame(.unusualFrame(offset: offset))
    }
    guard size > 0 else { throw .frame(.emptyFrame(offset: offset)) }
    guard size <= limits.frameText else {
      throw .frame(.longFrame(offset: offset, limit: limits.frameText))
    }
    return Int(size)
  }

  private func judge(_ frame: [UInt8]) throws(ProofError) -> Int {
    let size = try judgeHeader(frame)
    let total = totalText + size
    guard total <= limits.totalText else { throw .frame(.longFile(limit: limits.totalText)) }
    guard total <= limits.slack || (total - limits.slack) / limits.ratio <= offset + frame.count
    else { throw .frame(.steepFile(offset: offset, limit: limits.ratio)) }
    guard table.entries.count < limits.frames else {
      throw .frame(.manyFrames(limit: limits.frames))
    }
    return size
  }

  /// Reads the seek table, compares it with the frames, and sees that nothing follows.
  private mutating func readTable(_ first: [UInt8]) throws(ProofError) -> Frame? {
    guard first.count >= SeekTable.headerLength else { return torn() }
    let length = SeekTable.headerLength + Int(SeekTable.word(first.span, 4))
    let longest = table.bytes.count
    guard length <= longest else { throw .frame(.badSeekTable(offset: offset)) }
    let bytes = try read(at: offset, count: length)
    guard bytes.count == length else { return torn() }
    guard table.isDescribed(by: bytes.span) else { throw .frame(.badSeekTable(offset: offset)) }
    guard try read(at: offset + length, count: 1).isEmpty else {
      throw .frame(.trailingBytes(offset: offset + length))
    }
    offset += length
    ending = .seekTable
    return nil
  }

  /// So many bytes from an offset on, fewer only where the file ends.
  func read(at start: Int, count: Int) throws(ProofError) -> [UInt8] {
    var failure: Errno?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = 0
      while filled < count {
        do {
          let rest = unsafe UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<count])
          let got = try unsafe descriptor.read(
            fromAbsoluteOffset: Int64(start + filled), into: rest)
          if got == 0 { return }
          filled += got
        } catch {
          failure = error as? Errno ?? .ioError
          return
        }
      }
    }
    if let failure { throw .file(FileError("read", path, failure)) }
    return bytes
  }
}
