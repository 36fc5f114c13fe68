internal import Files
internal import Hashing
internal import SystemPackage

/// One immutable, sorted file of the index.
///
/// Pages of 1024 bytes, each 21 entries in the order of their digests, then a count (4), zeros (8) and the CRC-32C of what
/// comes before it (4); then the coverage; then a footer of 32 bytes: `SRINDEX1`, entries (8), stretches of coverage (4), zero
/// (4), CRC-32C of the coverage (4), CRC-32C of the footer so far (4). Numbers are little-endian.
///
/// Digests are uniform, so the page of one is found by interpolation: two or three reads at ten million entries.
final class IndexSegment: Sendable {
  static let pageLength = 1024
  static let entriesPerPage = 21
  static let footerLength = 32
  static let magic: [UInt8] = Array("SRINDEX1".utf8)
  /// A file up to this length is read and checked whole when it is opened, and so needs no sync when it is written.
  static let smallLength = 1 << 20

  let name: FilePath.Component?
  let count: Int
  let coverage: [Coverage]
  private let storage: Storage

  private enum Storage {
    case memory([UInt8])
    case file(OpenFile)
  }

  var pageCount: Int { Self.pages(for: count) }

  static func pages(for count: Int) -> Int {
    (count + entriesPerPage - 1) / entriesPerPage
  }

  /// Opens a file of the index; nil where it is damaged or cut short.
  init?(_ file: OpenFile, name: FilePath.Component) throws(FileError) {
    let size = try file.size()
    guard size >= Self.footerLength else { return nil }
    let footer = try file.read(at: size - Self.footerLength, count: Self.footerLength)
    guard let (count, stretches) = Self.parse(footer: footer),
      size == Self.pages(for: count) * Self.pageLength + stretches * Coverage.length
        + Self.footerLength
    else { return nil }
    let start = Self.pages(for: count) * Self.pageLength
    let table = try file.read(at: start, count: stretches * Coverage.length)
    guard CRC32C.checksum(table) == LittleEndian.uint32(footer, at: 24) else { return nil }
    self.name = name
    self.count = count
    self.coverage = Self.parse(coverage: table)
    guard size <= Self.smallLength else {
      storage = .file(file)
      return
    }
    let pages = try file.read(at: 0, count: start)
    guard pages.count == start else { return nil }
    for page in 0..<Self.pages(for: count) where !Self.isWhole(pages, page: page) { return nil }
    storage = .memory(pages)
  }

  /// Makes a segment that lies in memory only: what a repository that cannot be written shows beside its files.
  init(_ entries: [IndexEntry], coverage: [Coverage]) {
    name = nil
    count = entries.count
    self.coverage = coverage
    storage = .memory(Self.pages(of: entries))
  }

  /// Where a block lies, if this segment knows.
  func find(_ digest: Digest32) throws(SegmentError) -> Location? {
    try line(of: digest)?.location
  }

  /// The line of a block: the how many-eth of the segment it is, and where the block lies.
  func line(of digest: Digest32) throws(SegmentError) -> (number: Int, location: Location)? {
    var low = 0
    var high = pageCount
    var (lowKey, highKey) = (UInt64.min, UInt64.max)
    var steps = 0
    while low < high {
      // Interpolation first; should the keys not be uniform, bisection ends it all the same.
      var page = low + (high - low) / 2
      if steps < 6, highKey > lowKey, digest.prefix >= lowKey, digest.prefix <= highKey {
        let fraction = Double(digest.prefix - lowKey) / Double(highKey - lowKey)
        page = min(high - 1, low + Int(Double(high - low) * fraction))
      }
      steps += 1
      let (bytes, start) = try self.page(page)
      let entries = Int(LittleEndian.uint32(bytes, at: start + 1008))
      let last = start + (entries - 1) * IndexEntry.length
      if IndexEntry.isKey(bytes, at: start, after: digest) {
        (high, highKey) = (page, IndexEntry.prefix(bytes, at: start))
      } else if IndexEntry.isKey(bytes, at: last, before: digest) {
        (low, lowKey) = (page + 1, IndexEntry.prefix(bytes, at: last))
      } else {
        guard let found = Self.find(digest, in: bytes, at: start, count: entries) else {
          return nil
        }
        return (page * Self.entriesPerPage + found.number, found.location)
      }
    }
    return nil
  }

  private static func find(
    _ digest: Digest32, in bytes: [UInt8], at start: Int, count: Int
  ) -> (number: Int, location: Location)? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let offset = start + middle * IndexEntry.length
      if IndexEntry.isKey(bytes, at: offset, before: digest) {
        low = middle + 1
      } else if IndexEntry.isKey(bytes, at: offset, after: digest) {
        high = middle
      } else {
        return IndexEntry(bytes, at: offset).map { (middle, $0.location) }
      }
    }
    return nil
  }

  /// The bytes that hold a page, and where in them it begins.
  private func page(_ page: Int) throws(SegmentError) -> ([UInt8], Int) {
    switch storage {
    case .memory(let pages):
      return (pages, page * Self.pageLength)
    case .file(let file):
      let bytes: [UInt8]
      do {
        bytes = try file.read(at: page * Self.pageLength, count: Self.pageLength)
      } catch { throw .file(error) }
      guard bytes.count == Self.pageLength, Self.isWhole(bytes, page: 0) else { throw .damaged }
      return (bytes, 0)
    }
  }

  /// The entries of up to `limit` pages from one on, for reading a segment from end to end.
  func entries(ofPages first: Int, limit: Int) throws(SegmentError) -> [IndexEntry] {
    let last = min(pageCount, first + limit)
    guard first < last else { return [] }
    var bytes: [UInt8] = []
    var start = 0
    switch storage {
    case .memory(let pages):
      bytes = pages
      start = first * Self.pageLength
    case .file(let file):
      do {
        bytes = try file.read(
          at: first * Self.pageLength, count: (last - first) * Self.pageLength)
      } catch { throw .file(error) }
      guard bytes.count == (last - first) * Self.pageLength else { throw .damaged }
      for page in 0..<last - first where !Self.isWhole(bytes, page: page) { throw .damaged }
    }
    var result: [IndexEntry] = []
    result.reserveCapacity((last - first) * Self.entriesPerPage)
    for page in 0..<last - first {
      let base = start + page * Self.pageLength
      for index in 0..<Int(LittleEndian.uint32(bytes, at: base + 1008)) {
        guard let entry = IndexEntry(bytes, at: base + index * IndexEntry.length) else {
          throw .damaged
        }
        result.append(entry)
      }
    }
    return result
  }
}

/// Why a segment could not be read on.
enum SegmentError: Error {
  /// A page is not what was written: the segment must go, and be rebuilt from the packs.
  case damaged
  case file(FileError)
  case repository(RepositoryError)

  var repositoryError: RepositoryError {
    switch self {
    case .damaged: .file(FileError("read", "index", .ioError))
    case .file(let error): .file(error)
    case .repository(let error): error
    }
  }

  static func attempt<T>(_ body: () throws(FileError) -> T) throws(SegmentError) -> T {
    do { return try body() } catch { throw .file(error) }
  }
}
