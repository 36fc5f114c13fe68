internal import Hashing

/// Reads a CAR, version 1 or 2, as its bytes come, and hands on each block, in the order of the archive, once it is proved to be what
/// its CID names.
///
/// It holds one section at a time and, of an archive with an index, sixteen bytes for each block. Blocks by SHA-256, SHA-512 and BLAKE3
/// are proved, and those that lie in their own CID compared; any other is an error. An index at the end of version 2 is held against the
/// blocks that were read.
public struct CARStream: Sendable {
  /// What becomes of one block; an error ends the reading.
  public typealias Sink = (CID, RawSpan) throws(CARError) -> Void

  /// The longest section: a block of the greatest length, behind the longest CID.
  static let maximumSection = Block.maximumLength + 32 + CID.maximumDigestLength

  /// The version of the archive: 1 or 2; nil until the header was read.
  public private(set) var version: Int?
  /// The roots; empty until the header was read.
  public private(set) var roots: [CID] = []
  /// How many sections were read.
  public private(set) var blockCount = 0
  /// The bytes of all blocks that were read, without their CIDs.
  public private(set) var blockBytes = 0
  /// How many bytes were read.
  public private(set) var byteCount = 0

  private let limits: CARReader.Limits
  private var phase = Phase.header
  private var pragma: CARv2Header?
  private var index: CARIndexReader?
  /// Where the header or section at hand begins, its length before it.
  private var start = 0
  /// The bytes of its length, as long as that is incomplete.
  private var length: [UInt8] = []
  /// The length, once it is known.
  private var expected: Int?
  /// The bytes behind the length.
  private var content: [UInt8] = []
  private var failure: CARError?

  /// What the next bytes are.
  private enum Phase {
    /// The header of version 1, or the eleven bytes that stand before version 2.
    case header
    /// The rest of what version 2 begins with.
    case secondHeader
    /// Nothing, up to where the archive of version 1 begins in one of version 2.
    case padding
    case innerHeader
    case sections
    /// Nothing, up to the index.
    case indexPadding
    case index
  }

  /// Makes a reader that has seen nothing yet.
  public init(limits: CARReader.Limits = CARReader.Limits()) {
    self.limits = limits
  }

  /// Takes the next bytes, any number of them, and hands on the blocks that end in them.
  ///
  /// After an error it throws the same again.
  public mutating func feed(_ bytes: RawSpan, _ sink: Sink) throws(CARError) {
    if let failure { throw failure }
    do throws(CARError) { try take(bytes, sink) } catch {
      failure = error
      throw error
    }
  }

  /// Takes the next bytes, any number of them, and hands on the blocks that end in them.
  public mutating func feed(_ bytes: [UInt8], _ sink: Sink) throws(CARError) {
    try unsafe feed(bytes.span.bytes, sink)
  }

  /// Says that no more bytes come, and gives the roots.
  ///
  /// Only then is the archive known to be whole.
  @discardableResult
  public mutating func finish() throws(CARError) -> [CID] {
    if let failure { throw failure }
    guard version != nil, length.isEmpty, expected == nil else {
      throw .truncated(offset: byteCount)
    }
    if let pragma {
      guard byteCount >= pragma.payloadEnd, phase != .innerHeader else {
        throw .truncated(offset: byteCount)
      }
      if pragma.indexOffset > 0 {
        guard let index, index.isComplete else { throw .truncated(offset: byteCount) }
      }
    }
    return roots
  }

  private mutating func take(_ bytes: RawSpan, _ sink: Sink) throws(CARError) {
    guard bytes.byteCount <= limits.bytes - byteCount else { throw .tooLong(limit: limits.bytes) }
    var offset = 0
    while offset < bytes.byteCount {
      let rest = bytes.extracting(offset..<bytes.byteCount)
      switch phase {
      case .padding, .indexPadding: offset += try pass(rest)
      case .index:
        try index?.feed(rest, at: byteCount)
        byteCount += rest.byteCount
        offset = bytes.byteCount
      case .secondHeader: offset += try gather(rest, CARv2Header.length, sink)
      case .header, .innerHeader, .sections:
        if let expected {
          offset += try gather(rest, expected, sink)
        } else {
          let byte = unsafe rest.unsafeLoad(fromByteOffset: 0, as: UInt8.self)
          offset += 1
          byteCount += 1
          try take(lengthByte: byte)
        }
      }
    }
  }

  /// Takes in what is still missing of a header or section.
  private mutating func gather(
    _ bytes: RawSpan, _ expected: Int, _ sink: Sink
  ) throws(CARError) -> Int {
    let count = min(expected - content.count, bytes.byteCount)
    unsafe bytes.extracting(0..<count).withUnsafeBytes { unsafe content.append(contentsOf: $0) }
    byteCount += count
    if content.count == expected { try takeContent(sink) }
    return count
  }

  private mutating func take(lengthByte byte: UInt8) throws(CARError) {
    length.append(byte)
    if let pragma, byteCount > pragma.payloadEnd { throw .beyondPayload(offset: start) }
    guard byte & 0x80 == 0 else {
      guard length.count < Varint.maximumLength else { throw .badLength(offset: start) }
      return
    }
    var end = 0
    let value: UInt64
    do { value = try Varint.read(length, at: &end) } catch { throw .badLength(offset: start) }
    if phase == .sections {
      guard value <= UInt64(Self.maximumSection) else {
        throw .sectionTooLong(value, offset: start)
      }
      guard value > 0 else { throw .badLength(offset: start) }
    } else {
      guard value <= UInt64(CARHeader.maximumLength) else { throw .headerTooLong(value) }
      guard value > 0 else { throw .badHeader(offset: start) }
    }
    if let pragma, Int(value) > pragma.payloadEnd - byteCount {
      throw .beyondPayload(offset: start)
    }
    length = []
    expected = Int(value)
    content.reserveCapacity(Int(value))
  }

  private mutating func takeContent(_ sink: Sink) throws(CARError) {
    let begin = byteCount - content.count
    switch phase {
    case .header where content == CARv2Header.pragma: phase = .secondHeader
    case .secondHeader:
      let header = try CARv2Header(parsing: content, at: begin)
      pragma = header
      phase = .padding
      try endPadding()
    case .header, .innerHeader:
      roots = try CARHeader(parsing: content, at: begin, allowsNoRoots: limits.allowsNoRoots).roots
      version = pragma == nil ? 1 : 2
      phase = .sections
    default: try takeBlock(sink)
    }
    start = byteCount
    expected = nil
    content.removeAll(keepingCapacity: true)
    if let pragma, phase == .sections, byteCount == pragma.payloadEnd {
      phase = .indexPadding
      try endPadding()
    }
  }

  private mutating func takeBlock(_ sink: Sink) throws(CARError) {
    guard blockCount < limits.blocks else { throw .tooManyBlocks(limit: limits.blocks) }
    let cid: CID
    let end: Int
    do throws(CIDError) {
      end = try CID.prefixLength(of: content)
      cid = try CID(bytes: content[..<min(end, content.count)])
    } catch {
      throw .badCID(error, offset: start)
    }
    let count = content.count - end
    guard count <= Block.maximumLength else {
      throw .sectionTooLong(UInt64(content.count), offset: start)
    }
    blockCount += 1
    blockBytes += count
    if let pragma { index?.note(cid, at: start - pragma.dataOffset) }
    let block = unsafe content.span.bytes.extracting(end..<content.count)
    switch cid.matches(block) {
    case true?: break
    case false?: throw .mismatch(cid, offset: start)
    case nil: throw .unsupportedHash(cid, offset: start)
    }
    try sink(cid, block)
  }
}

// MARK: Version 2

extension CARStream {
  /// Passes over zeros, up to where something begins.
  private mutating func pass(_ bytes: RawSpan) throws(CARError) -> Int {
    guard let pragma else { return 0 }
    let target = phase == .padding ? pragma.dataOffset : pragma.indexOffset
    guard target > byteCount else { throw .bytesAfterTheEnd(offset: byteCount) }
    let count = min(target - byteCount, bytes.byteCount)
    for offset in 0..<count {
      let byte = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      guard byte == 0 else { throw .badPadding(offset: byteCount + offset) }
    }
    byteCount += count
    try endPadding()
    return count
  }

  private mutating func endPadding() throws(CARError) {
    guard let pragma else { return }
    if phase == .padding, byteCount == pragma.dataOffset {
      phase = .innerHeader
      start = byteCount
      if pragma.indexOffset > 0 { index = CARIndexReader(isWhole: pragma.isFullyIndexed) }
    } else if phase == .indexPadding, byteCount == pragma.indexOffset {
      phase = .index
    }
  }
}
