internal import Files
internal import Hashing
public import IPFS
public import Records
internal import Synchronization
public import SystemPackage

/// A CAR on this machine as a place that blocks come from: read through once, as far as it takes to find what is asked for.
public final class CARFile: BlockProvider, Sendable {
  /// So many blocks are found in one at most.
  private static let mostBlocks = 1 << 20
  private static let pieceLength = 1 << 20
  /// What every file of version 2 begins with: the header {"version": 2} behind its length.
  private static let pragma = [0x0a, 0xa1, 0x67] + Array("version".utf8) + [0x02]

  private typealias Place = BlockPlaces.Place

  /// How far it was read, and what was found.
  private struct Scan {
    var places = BlockPlaces()
    var stream: CARStream
    /// How much was read.
    var position = 0
    /// Where the next block's length begins; nil before the first.
    var offset: Int?
    var isOver = false
    /// Why it was not read to its end.
    var failure: Failure?
  }

  /// Whether nobody wants the answer any more.
  private final class Flag: Sendable {
    private let state = Mutex(false)
    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
  }

  /// Its path.
  public let name: String

  private let file: OpenFile
  private let scan: Mutex<Scan>

  /// Opens a file; throws 66 where it cannot be read, 65 where it can be read only once.
  public init(_ path: FilePath) throws(Failure) {
    name = path.string
    var limits = CARReader.Limits(blocks: Self.mostBlocks)
    limits.allowsNoRoots = true
    scan = Mutex(Scan(stream: CARStream(limits: limits)))
    do throws(FileError) {
      // Nobody may be at the other end of a FIFO: it is opened without waiting for one.
      file = try OpenFile(path, .readOnly, options: .nonBlocking)
      guard try !file.isRegular() else { return }
    } catch {
      throw Failure(.missingInput, "\(error)")
    }
    throw Failure(
      .data, "\(path) is not a regular file: what comes from an archive is looked for in it",
      code: "not-a-file", hint: "'sr-ipfs import' takes an archive from a pipe")
  }

  /// One block, from where it lies.
  ///
  /// Where that is not known yet, a thread of its own reads on: the file may be large.
  public func block(_ cid: CID) async throws(Failure) -> [UInt8] {
    if let key = cid.key, let place = scan.withLock({ $0.places[key] }) { return try read(place) }
    let flag = Flag()
    let result = await withTaskCancellationHandler {
      await ReadingThread.run { () -> Result<[UInt8], Failure> in
        do throws(Failure) { return .success(try self.read(cid, unless: flag)) } catch {
          return .failure(error)
        }
      }
    } onCancel: {
      flag.set()
    }
    guard let result else { throw Failure(.internalError, "no thread can be started") }
    return try result.get()
  }

  private func read(_ cid: CID, unless flag: Flag) throws(Failure) -> [UInt8] {
    while true {
      guard !flag.isSet else { throw .interrupted }
      // Whoever waits reads on for all, one piece at a time.
      let (place, isOver, failure) = scan.withLock { scan -> (Place?, Bool, Failure?) in
        if let place = cid.key.flatMap({ scan.places[$0] }) { return (place, false, nil) }
        if !scan.isOver { advance(&scan) }
        return (cid.key.flatMap { scan.places[$0] }, scan.isOver, scan.failure)
      }
      if let place { return try read(place) }
      guard isOver else { continue }
      throw failure ?? Failure(.unavailable, "\(name) has no block \(cid)", code: "not-found")
    }
  }

  private func read(_ place: Place) throws(Failure) -> [UInt8] {
    do throws(FileError) { return try file.read(at: place.offset, count: place.length) } catch {
      throw Failure(.io, "\(error)")
    }
  }

  /// Reads the next piece, and proves each block in it.
  private func advance(_ scan: inout Scan) {
    do throws(Failure) {
      var offset: Int
      if let known = scan.offset { offset = known } else { offset = try firstSection() }
      defer { scan.offset = offset }
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try file.read(at: scan.position, count: Self.pieceLength)
      } catch { throw Failure(.io, "\(error)") }
      scan.position += bytes.count
      do throws(CARError) {
        guard !bytes.isEmpty else {
          scan.isOver = true
          try scan.stream.finish()
          return
        }
        var found: [(Digest32, Place)] = []
        defer { for (key, place) in found { scan.places.insert(place, for: key) } }
        try scan.stream.feed(bytes) { cid, block in
          let length = cid.byteCount + block.byteCount
          // Lengths have one form only, so that this is where the next one begins.
          let begin = offset + Varint.length(of: UInt64(length)) + cid.byteCount
          if let key = cid.key, let place = Place(offset: begin, length: block.byteCount) {
            found.append((key, place))
          }
          offset = begin + block.byteCount
        }
      } catch { throw Failure(.data, "\(name): \(error)", code: "bad-archive") }
    } catch {
      scan.failure = error
      scan.isOver = true
    }
  }

  /// Where the first block's length begins, in version 1 or in the archive inside one of version 2.
  private func firstSection() throws(Failure) -> Int {
    do throws(FileError) {
      let head = try file.read(at: 0, count: 51)
      // Version 2: eleven bytes, sixteen of characteristics, then the offset of the data in eight.
      let isSecond = head.count == 51 && head.starts(with: Self.pragma)
      let base =
        isSecond
        ? head[27..<35].reversed().reduce(0) { $0 << 8 | UInt64($1) } : 0
      guard let start = Int(exactly: base) else { return 0 }
      let length = try file.read(at: start, count: Varint.maximumLength)
      var end = 0
      guard let value = try? Varint.read(length, at: &end), value < 1 << 31 else { return 0 }
      return start + end + Int(value)
    } catch {
      throw Failure(.io, "\(error)")
    }
  }
}
