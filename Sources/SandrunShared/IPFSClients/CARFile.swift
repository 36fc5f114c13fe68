internal import Files
internal import Hashing
public import IPFS
public import Records
internal import Synchronization
public import SystemPackage

/// A CAR on this machine as a place that blocks come from: read through once, when the first block is asked for.
public final class CARFile: BlockProvider, Sendable {
  /// So many blocks are found in one at most.
  private static let mostBlocks = 1 << 20
  private static let pieceLength = 1 << 20

  /// Where a block lies.
  private struct Place {
    var offset: Int
    var length: Int
  }

  private struct Index {
    var places: [Digest32: Place] = [:]
    /// Why it was not read to its end.
    var failure: Failure?
  }

  /// Its path.
  public let name: String

  private let file: OpenFile
  private let index = Mutex<Index?>(nil)

  /// Opens a file; throws 66 where it cannot be read.
  public init(_ path: FilePath) throws(Failure) {
    name = path.string
    do throws(FileError) {
      file = try OpenFile(path, .readOnly)
      guard try file.isRegular() else {
        throw FileError("read", path, .invalidArgument)
      }
    } catch {
      throw Failure(.missingInput, "\(error)")
    }
  }

  /// One block, from where it lies.
  public func block(_ cid: CID) async throws(Failure) -> [UInt8] {
    let result = await ReadingThread.run { () -> Result<[UInt8], Failure> in
      do throws(Failure) { return .success(try self.read(cid)) } catch { return .failure(error) }
    }
    guard let result else { throw Failure(.internalError, "no thread can be started") }
    return try result.get()
  }

  private func read(_ cid: CID) throws(Failure) -> [UInt8] {
    let (place, failure) = index.withLock { index -> (Place?, Failure?) in
      let found = index ?? scan()
      index = found
      return (cid.key.flatMap { found.places[$0] }, found.failure)
    }
    guard let place else {
      throw failure
        ?? Failure(.unavailable, "\(name) has no block \(cid)", code: "not-found")
    }
    do throws(FileError) { return try file.read(at: place.offset, count: place.length) } catch {
      throw Failure(.io, "\(error)")
    }
  }

  /// Reads it all, and proves each block on the way.
  private func scan() -> Index {
    var index = Index()
    do throws(Failure) {
      var offset = try firstSection()
      var stream = CARStream(limits: limits)
      var position = 0
      while true {
        let bytes: [UInt8]
        do throws(FileError) {
          bytes = try file.read(at: position, count: Self.pieceLength)
        } catch { throw Failure(.io, "\(error)") }
        guard !bytes.isEmpty else { break }
        position += bytes.count
        do throws(CARError) {
          try stream.feed(bytes) { cid, block in
            let length = cid.byteCount + block.byteCount
            // Lengths have one form only, so that this is where the next one begins.
            let begin = offset + Varint.length(of: UInt64(length)) + cid.byteCount
            if let key = cid.key {
              index.places[key] = Place(offset: begin, length: block.byteCount)
            }
            offset = begin + block.byteCount
          }
        } catch { throw Failure(.data, "\(name): \(error)", code: "bad-archive") }
      }
      do throws(CARError) { try stream.finish() } catch {
        throw Failure(.data, "\(name): \(error)", code: "bad-archive")
      }
    } catch {
      index.failure = error
    }
    return index
  }

  private var limits: CARReader.Limits {
    var limits = CARReader.Limits(blocks: Self.mostBlocks)
    limits.allowsNoRoots = true
    return limits
  }

  /// Where the first block's length begins, in version 1 or in the archive inside one of version 2.
  private func firstSection() throws(Failure) -> Int {
    do throws(FileError) {
      let head = try file.read(at: 0, count: 51)
      // Version 2: eleven bytes, sixteen of characteristics, then the offset of the data in eight.
      let isSecond = head.count == 51 && head[1] == 0xa1
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
