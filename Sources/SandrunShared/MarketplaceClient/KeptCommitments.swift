internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Files
internal import Hashing
internal import Marketplace
internal import Records
internal import SystemPackage

/// What a node commits itself to, on disk before the chain hears of it: without it no commitment could be opened.
///
/// A job that is run again has another trace, and with it another proof. What was committed to is the first one.
struct KeptCommitments: Sendable {
  private static let limit = 1 << 16

  private let folder: FilePath
  private let node: Address

  /// What a node keeps below the user's folder for state; nothing is read yet.
  init(of node: Address, in world: World) throws(Failure) {
    folder = try world.folders.state.appending("commitments")
    self.node = node
  }

  /// The file of a job.
  private func path(of jobId: Digest32, in market: Market) -> FilePath {
    folder.appending("\(market.chain.chainId)")
      .appending("\(market.jobMarketplace)".lowercased())
      .appending("\(jobId)")
      .appending("\("\(node)".lowercased()).json")
  }

  /// What was kept for a job; nil where nothing was.
  ///
  /// Throws 74 where it cannot be read, or is not as it was written.
  func result(of jobId: Digest32, in market: Market) throws(Failure) -> JobResult? {
    let path = path(of: jobId, in: market)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try Files.readRegular(path, limit: Self.limit) } catch {
      guard error.errno != .noSuchFileOrDirectory else { return nil }
      throw Failure(.io, "\(error)")
    }
    guard let json = try? JSON(parsing: bytes), let result = JobResult(kept: json) else {
      throw Failure(
        .io, "\(path) is damaged: it has what \(node) committed to in job \(jobId)",
        code: "damaged-commitment",
        hint: "'sr-chain prove' writes it anew from the record, if it is moved away")
    }
    return result
  }

  /// Keeps what is committed to in a job; it is on disk when this returns.
  ///
  /// Where another is kept already, and is not to be replaced, that stands: false.
  func keep(
    _ result: JobResult, of jobId: Digest32, in market: Market, replacing: Bool
  ) throws(Failure) -> Bool {
    let path = path(of: jobId, in: market)
    do throws(FileError) {
      let folder = Files.parent(of: path)
      try Files.makeDirectories(folder, mode: .ownerReadWriteExecute)
      try Files.writeAtomically(
        result.kept.bytes + [0x0a], to: path, mode: .ownerReadWrite, replacing: replacing)
      try Files.syncFolders(above: folder)
      return true
    } catch {
      switch error.errno {
      case .fileExists where !replacing: return false
      case .noSpace, .readOnlyFileSystem, .notDirectory, .isDirectory:
        throw Failure(.cannotCreate, "\(error)")
      case .permissionDenied, .notPermitted: throw Failure(.permission, "\(error)")
      default: throw Failure(.io, "\(error)")
      }
    }
  }
}

extension JobResult {
  /// Whether an opening of the one is an answer of the other: the same result, or a run that gave none.
  func mayStand(for other: JobResult) -> Bool {
    resultHash == nil || other.resultHash == nil || resultHash == other.resultHash
  }

  /// What is written of it.
  fileprivate var kept: JSON {
    var object: JSONObject = [
      "resultHash": resultHash.map { .string("\($0)") } ?? .null, "proofCid": .string(proofCID),
      "traceRoot": .string("\(traceRoot)"),
    ]
    object["signature"] = signature.map { .string("\($0)") }
    object["couldNotRun"] = .bool(resultHash == nil)
    object["proof"] = element
    return .object(object)
  }

  /// Reads what was written; nil where it is not that.
  fileprivate init?(kept json: JSON) {
    guard let cid = json["proofCid"]?.string,
      let root = json["traceRoot"]?.string.flatMap({ try? Digest32(hex: $0) }),
      let couldNotRun = json["couldNotRun"]?.boolean
    else { return nil }
    if couldNotRun {
      guard json["resultHash"] == .null else { return nil }
      self = .couldNotRun(cid)
      element = json["proof"]
      return
    }
    guard let hash = json["resultHash"]?.string.flatMap({ try? Digest32(hex: $0) }) else {
      return nil
    }
    self.init(
      resultHash: hash, proofCID: cid, traceRoot: root,
      signature: json["signature"]?.string.flatMap { try? Signature(parsing: $0) })
    element = json["proof"]
  }
}
