internal import Hashing

/// Reads a CAR, version 1, as its bytes come, and hands each block on once it is proved to be what its CID names.
///
/// It holds one section at a time. What it was fed before an error has been handed on: whoever keeps the blocks decides what
/// becomes of them. A block that lies in its own CID is checked and not handed on.
public struct CARReader: Sendable {
  /// How long an archive may be.
  public struct Limits: Sendable {
    /// Bytes of the whole archive.
    public var bytes: Int
    /// Sections in it.
    public var blocks: Int

    /// Makes limits; by default there are as many blocks as a walk visits, and any number of bytes.
    public init(bytes: Int = .max, blocks: Int = DAGWalk.defaultLimit) {
      self.bytes = bytes
      self.blocks = blocks
    }
  }

  /// The longest section: a block of the greatest length, behind the longest CID.
  static let maximumSection = Block.maximumLength + 32 + CID.maximumDigestLength

  /// The roots; empty until the header was read.
  public private(set) var roots: [CID] = []
  /// How many sections were read.
  public private(set) var blockCount = 0
  /// How many bytes were read.
  public private(set) var byteCount = 0

  private let sink: any BlockSink
  private let limits: Limits
  /// Where the header or section at hand begins, its length before it.
  private var start = 0
  /// The bytes of its length, as long as that is incomplete.
  private var length: [UInt8] = []
  /// The length, once it is known.
  private var expected: Int?
  /// The bytes behind the length.
  private var content: [UInt8] = []
  private var failure: CARError?

  /// Makes a reader that has seen nothing yet.
  public init(into sink: any BlockSink, limits: Limits = Limits()) {
    self.sink = sink
    self.limits = limits
  }

  /// Takes the next bytes, any number of them.
  ///
  /// After an error it throws the same again.
  public mutating func feed(_ bytes: RawSpan) throws(CARError) {
    if let failure { throw failure }
    do throws(CARError) { try take(bytes) } catch {
      failure = error
      throw error
    }
  }

  /// Takes the next bytes, any number of them.
  public mutating func feed(_ bytes: [UInt8]) throws(CARError) {
    try unsafe feed(bytes.span.bytes)
  }

  /// Says that no more bytes come, and gives the roots.
  @discardableResult
  public mutating func finish() throws(CARError) -> [CID] {
    if let failure { throw failure }
    guard !roots.isEmpty, length.isEmpty, expected == nil else {
      throw .truncated(offset: byteCount)
    }
    return roots
  }

  private mutating func take(_ bytes: RawSpan) throws(CARError) {
    guard bytes.byteCount <= limits.bytes - byteCount else { throw .tooLong(limit: limits.bytes) }
    var offset = 0
    while offset < bytes.byteCount {
      guard let expected else {
        let byte = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
        offset += 1
        byteCount += 1
        try take(lengthByte: byte)
        continue
      }
      let count = min(expected - content.count, bytes.byteCount - offset)
      unsafe bytes.extracting(offset..<offset + count).withUnsafeBytes {
        unsafe content.append(contentsOf: $0)
      }
      offset += count
      byteCount += count
      if content.count == expected { try takeContent() }
    }
  }

  private mutating func take(lengthByte byte: UInt8) throws(CARError) {
    length.append(byte)
    guard byte & 0x80 == 0 else {
      guard length.count < Varint.maximumLength else { throw .badLength(offset: start) }
      return
    }
    var end = 0
    let value: UInt64
    do { value = try Varint.read(length, at: &end) } catch { throw .badLength(offset: start) }
    if roots.isEmpty {
      guard value <= UInt64(CARHeader.maximumLength) else { throw .headerTooLong(value) }
      guard value > 0 else { throw .badHeader(offset: start) }
    } else {
      guard value <= UInt64(Self.maximumSection) else {
        throw .sectionTooLong(value, offset: start)
      }
      guard value > 0 else { throw .badLength(offset: start) }
    }
    length = []
    expected = Int(value)
    content.reserveCapacity(Int(value))
  }

  private mutating func takeContent() throws(CARError) {
    if roots.isEmpty {
      roots = try CARHeader(parsing: content, at: byteCount - content.count).roots
    } else {
      try takeBlock()
    }
    start = byteCount
    expected = nil
    content.removeAll(keepingCapacity: true)
  }

  private mutating func takeBlock() throws(CARError) {
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
    if let inline = cid.inlineBlock {
      guard inline.elementsEqual(content[end...]) else {
        throw .mismatch(cid, offset: start)
      }
      return
    }
    guard let digest = cid.sha256 else { throw .unsupportedHash(cid, offset: start) }
    let block = unsafe content.span.bytes.extracting(end..<content.count)
    guard SHA256.hash(block) == digest else { throw .mismatch(cid, offset: start) }
    do { try sink.put(block, as: digest) } catch { throw .repository(error) }
  }
}
