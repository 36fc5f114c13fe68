internal import Commands
internal import HTTP
internal import HTTPTypes
internal import Hashing
internal import IPFS
internal import Marketplace
internal import Records

extension ContentSources {
  static let carType = "application/vnd.ipld.car"

  /// Fetches all below a root from a source that gave the root's own block.
  func fetch(
    _ errand: Errand, from source: ContentSource, as block: [UInt8], into wanted: WantedBlocks
  ) async -> ContentOutcome {
    // A block without links is the whole.
    guard errand.root.codec == .dagPB else {
      guard errand.root.inlineBlock == nil else { return .done }
      return Self.take(block, of: errand.root, from: source, into: wanted, errand)
    }
    let outcome = await archive(errand, from: source, into: wanted)
    // Not every gateway packs archives.
    guard case .none = outcome, source.kind == .gateway, !Task.isCancelled else { return outcome }
    return await blocks(errand, from: source, into: wanted)
  }

  /// Fetches the DAG as one CAR.
  private func archive(
    _ errand: Errand, from source: ContentSource, into wanted: WantedBlocks
  ) async -> ContentOutcome {
    let request = source.endpoint.url("ipfs", "\(errand.root)", query: ["format": "car"])
      .request(.get, [.accept: "\(Self.carType); version=1; order=dfs; dups=n"])
    let outcome = await Pace.keep(errand.limits, until: errand.deadline) { pace in
      do throws(HTTPError) {
        return try await self.http.send(request, body: .none, self.call(to: source)) {
          (answer) throws(HTTPError) in
          try await self.read(answer.checked(), errand, into: wanted, pace)
        }
      } catch {
        return Self.outcome(error, of: source)
      }
    }
    return outcome ?? .none("\(source) is too slow")
  }

  /// Reads one archive; what is wrong with its content is no fault of the connection's.
  private func read(
    _ answer: HTTPAnswer, _ errand: Errand, into wanted: WantedBlocks, _ pace: Pace
  ) async throws(HTTPError) -> ContentOutcome {
    // Each block has its CID and its length with it, and one that was sent again counts again.
    let overhead = 128 * errand.limits.blocks
    let (most, isOver) = errand.limits.bytes.addingReportingOverflow(overhead)
    var reader = CARReader(
      into: wanted,
      limits: CARReader.Limits(bytes: isOver ? .max : most, blocks: errand.limits.blocks))
    let bar = Transfer("fetching", of: answer.length, in: world)
    defer { bar.finish() }
    do {
      for try await chunk in answer.body {
        pace.moved(chunk.count)
        try reader.feed(chunk)
        bar.update(reader.byteCount)
      }
      try reader.finish()
      return .done
    } catch let error as HTTPError {
      throw error
    } catch let error as CARError {
      return Self.outcome(error, at: "\(answer.url)", wanted, errand)
    } catch {
      return .failure(Failure(.internalError, "\(error)"))
    }
  }

  private static func outcome(
    _ error: CARError, at place: String, _ wanted: WantedBlocks, _ errand: Errand
  ) -> ContentOutcome {
    guard case .repository(let error) = error else {
      return .lie("\(place) gives bad content: \(error)")
    }
    switch wanted.refusal {
    case .stranger: return .lie("\(place) gives blocks that nobody asked for")
    case .content: return .failure(errand.failure(of: wanted.refusal ?? .stranger))
    case nil: return .failure(Failure(error))
    }
  }

  /// Fetches the DAG block by block, each when one that leads to it is there.
  private func blocks(
    _ errand: Errand, from source: ContentSource, into wanted: WantedBlocks
  ) async -> ContentOutcome {
    let outcome = await Pace.keep(errand.limits, until: errand.deadline) { pace in
      var waiting = [errand.root]
      var seen: Set<CID> = []
      while let cid = waiting.popLast() {
        // What may be waited for is bounded where blocks are taken.
        guard seen.insert(cid).inserted else { continue }
        if cid.codec != .dagPB, (try? errand.store.source.length(of: cid)) != nil { continue }
        var bytes = cid.inlineBlock ?? (try? errand.store.source.block(cid))
        if bytes == nil {
          do throws(HTTPError) {
            bytes = try await self.block(cid, from: source, pace)
          } catch {
            return Self.outcome(error, of: source)
          }
        }
        let block = bytes ?? []
        if cid.inlineBlock == nil {
          let outcome = Self.take(block, of: cid, from: source, into: wanted, errand)
          guard case .done = outcome else { return outcome }
        }
        if cid.codec == .dagPB { waiting += (try? DAGNode(parsing: block).links.map(\.cid)) ?? [] }
      }
      return .done
    }
    return outcome ?? .none("\(source) is too slow")
  }

  /// Keeps one block, if it is the one.
  private static func take(
    _ block: [UInt8], of cid: CID, from source: ContentSource, into wanted: WantedBlocks,
    _ errand: Errand
  ) -> ContentOutcome {
    let digest = SHA256.hash(block)
    guard digest == cid.sha256 else {
      return .lie("\(source) gives other bytes than those of \(cid)")
    }
    do throws(RepositoryError) {
      try unsafe wanted.put(block.span.bytes, as: digest)
      return .done
    } catch {
      return outcome(.repository(error), at: "\(source)", wanted, errand)
    }
  }
}
