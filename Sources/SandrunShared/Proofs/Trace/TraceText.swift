internal import Hashing
internal import SystemPackage

/// The text of a trace, whole lines at a time, from seekable zstd or from a plain `.jsonl` file.
struct TraceText: ~Copyable {
  private let limits: FrameLimits
  private let acceptsUnfinished: Bool
  private let isPlain: Bool
  private var frames: FrameReader
  private var offset = 0
  private var leaves: ArraySlice<Digest32>?

  /// The text of an open file, which stays the caller's to close.
  ///
  /// Where an unfinished file is accepted, its text ends with its last whole frame or line.
  init(
    _ descriptor: FileDescriptor, named path: FilePath, limits: FrameLimits = FrameLimits(),
    acceptsUnfinished: Bool = false
  ) throws(ProofError) {
    self.limits = limits
    self.acceptsUnfinished = acceptsUnfinished
    let frames = try FrameReader(descriptor, named: path, limits: limits)
    // Every line of a trace begins with a brace, every zstd frame with 0x28.
    isPlain = try frames.read(at: 0, count: 1) == [UInt8(ascii: "{")]
    self.frames = frames
  }

  /// The text of a proof's frames that have these hashes, one after the other from the beginning.
  init(
    _ descriptor: FileDescriptor, named path: FilePath, limits: FrameLimits, leaves: [Digest32]
  ) throws(ProofError) {
    self.limits = limits
    acceptsUnfinished = false
    isPlain = false
    frames = try FrameReader(descriptor, named: path, limits: limits)
    self.leaves = leaves[...]
  }

  /// Appends the next whole lines to `text`, about a frame of them; false at the end.
  mutating func next(into text: inout [UInt8]) throws(ProofError) -> Bool {
    if isPlain { return try nextLines(into: &text) }
    if leaves != nil { return try nextLeaf(into: &text) }
    if let frame = try frames.next() {
      try frames.append(frame, to: &text)
      return true
    }
    if acceptsUnfinished { return false }
    try frames.requireSeekTable()
    return false
  }

  private mutating func nextLeaf(into text: inout [UInt8]) throws(ProofError) -> Bool {
    guard let leaf = leaves?.popFirst() else { return false }
    guard let frame = try frames.next() else { throw .frame(.torn(offset: 0)) }
    guard MerkleTree.leaf(frame.bytes) == leaf else {
      throw .frame(.changedFrame(offset: frame.offset))
    }
    try frames.append(frame, to: &text)
    return true
  }

  private mutating func nextLines(into text: inout [UInt8]) throws(ProofError) -> Bool {
    var wanted = min(1 << 20, limits.frameText)
    while true {
      let bytes = try frames.read(at: offset, count: wanted)
      if bytes.isEmpty { return false }
      if let end = bytes.lastIndex(of: UInt8(ascii: "\n")) {
        offset += end + 1
        guard offset <= limits.totalText else { throw .frame(.longFile(limit: limits.totalText)) }
        text += bytes[...end]
        return true
      }
      guard bytes.count == wanted else {
        if acceptsUnfinished { return false }
        throw .frame(.brokenLine(offset: offset))
      }
      guard wanted < limits.frameText else {
        throw .frame(.longFrame(offset: offset, limit: limits.frameText))
      }
      wanted = min(wanted * 2, limits.frameText)
    }
  }
}
