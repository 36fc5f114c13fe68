internal import Commands
internal import Files
internal import HTTP
internal import HTTPTypes
internal import Hashing
internal import IPFS
internal import Marketplace
internal import NodeAPI
internal import Records
internal import Synchronization
internal import Timing

extension Nodes {
  private static let carType = "application/vnd.ipld.car"

  /// Sends a job's code, specification and inputs to the node, as one CAR.
  func push(_ order: Order, to endpoint: Endpoint, limit: Int?) async throws(Failure) {
    let repository = try repository()
    do throws(RepositoryError) {
      // The record may come from where another repository was: the specification can be made anew.
      if try !repository.contains(order.specification) { _ = try repository.put(order.bytes) }
    } catch {
      throw Failure(error)
    }
    let roots = try order.roots()
    let archive: CARWriter
    do throws(ReadError) {
      archive = try CARWriter(roots, from: repository)
    } catch {
      throw Failure(error)
    }
    let length = Int(clamping: archive.byteCount)
    guard length <= limit ?? .max else {
      throw Failure(
        .data,
        "the job's code and inputs are \(ByteSize.shown(length)), and \(endpoint) takes \(ByteSize.shown(limit ?? 0))",
        code: "too-large")
    }
    let bar = Transfer("sending", of: length, in: world)
    defer { bar.finish() }
    let body = HTTPRequestBody.stream(length: length) { writer in
      var archive = archive
      while let piece = try archive.piece() { try await writer.write(piece) }
    }
    // Blocks sent twice are the same blocks.
    let call = HTTPCall(
      isRepeatable: true, timeout: timeout, followsRedirects: false,
      progress: { sent, _ in bar.update(sent) },
      onRetry: { [world] error, _, _ in world.detail("\(error); trying again") })
    do throws(HTTPError) {
      let answer = try await http.send(
        endpoint.url("ipfs").request(.post, [.contentType: Self.carType]), body: body, call
      ).checked()
      _ = try await answer.collect(limit: 1 << 20)
    } catch {
      throw Failure(error)
    }
  }

  /// Brings all that a CID leads to into the local repository, each block held against its CID; at most `limit` bytes.
  func fetch(_ cid: CID, from endpoint: Endpoint, limit: Int) async throws(Failure) {
    let repository = try repository()
    if Self.isComplete(cid, in: repository) { return }
    let call = HTTPCall(
      timeout: timeout, followsRedirects: false,
      onRetry: { [world] error, _, _ in world.detail("\(error); trying again") })
    let request = endpoint.url("ipfs", "\(cid)", query: ["format": "car"])
      .request(.get, [.accept: Self.carType])
    // Blocks that came before a connection broke are right, and count for the next try.
    let batch = repository.batch()
    let taken: Result<Void, Failure>
    do throws(HTTPError) {
      taken = try await http.send(request, body: .none, call) { (answer) throws(HTTPError) in
        try await take(cid, from: answer.checked(), into: batch, limit: limit)
      }
    } catch {
      throw Failure(error)
    }
    try taken.get()
    do throws(RepositoryError) { try batch.commit() } catch { throw Failure(error) }
    guard Self.isComplete(cid, in: repository) else {
      throw Failure(
        .protocolViolation, "bad content from \(endpoint): parts of \(cid) are missing",
        code: "node-lies")
    }
  }

  /// Takes one CAR; what is wrong with its content is no fault of the connection's, and a failure for good.
  private func take(
    _ cid: CID, from answer: HTTPAnswer, into batch: Batch, limit: Int
  ) async throws(HTTPError) -> Result<Void, Failure> {
    var reader = CARReader(into: batch, limits: CARReader.Limits(bytes: limit))
    let bar = Transfer("fetching", of: answer.length, in: world)
    defer { bar.finish() }
    func lie(_ reason: String) -> Result<Void, Failure> {
      .failure(Failure(.protocolViolation, "\(answer.url) \(reason)", code: "node-lies"))
    }
    do {
      for try await chunk in answer.body {
        try reader.feed(chunk)
        bar.update(reader.byteCount)
      }
      guard try reader.finish().contains(where: { $0.v1 == cid.v1 }) else {
        return lie("answers with other content than was asked for")
      }
      return .success(())
    } catch let error as HTTPError {
      throw error
    } catch let error as CARError {
      if case .repository(let error) = error { return .failure(Failure(error)) }
      return lie("answers with bad content: \(error)")
    } catch {
      return .failure(Failure(.internalError, "\(error)"))
    }
  }

  private static func isComplete(_ cid: CID, in repository: Repository) -> Bool {
    (try? CARWriter([cid], from: repository)) != nil
  }

  /// Brings a file's bytes, from where a broken transfer was on.
  func fetch(
    _ url: HTTPURL, into download: Download, from reference: JobReference
  ) async throws(Failure) {
    var backoff = httpOptions.backoff
    var tries = 0
    while true {
      do {
        var headers: HTTPFields = [:]
        if download.count > 0 { headers[.range] = "bytes=\(download.count)-" }
        let answer = try await http.send(
          url.request(.get, headers), body: .none,
          HTTPCall(timeout: timeout, followsRedirects: false)
        ).checked()
        // A server that knows no ranges begins anew.
        if download.count > 0, answer.status != 206 { try download.restart() }
        for try await chunk in answer.body { try download.write(chunk) }
        return
      } catch let error as HTTPError {
        tries += 1
        guard error.category == .temporary, tries <= httpOptions.retries else {
          throw Failure(error)
        }
        world.detail("\(error); going on at byte \(download.count)")
        try? await Task.sleep(for: backoff.next())
      } catch let error as Failure {
        throw error
      } catch {
        throw Failure(.internalError, "\(error)")
      }
    }
  }
}
