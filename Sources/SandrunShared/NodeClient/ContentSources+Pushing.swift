internal import Commands
internal import HTTP
internal import HTTPTypes
public import IPFS
internal import Marketplace
public import Records

extension ContentSources {
  /// Hands all that some roots lead to to a node, as a CAR by `POST /ipfs`.
  ///
  /// Sent twice it is the same. Throws 66 where the source lacks a block, 65 where the node refuses it, 69, 75 or 76 as the
  /// node fails.
  public func push(
    _ roots: [CID], from source: any BlockSource, to endpoint: Endpoint,
    limits: ContentLimits = ContentLimits()
  ) async throws(Failure) {
    let deadline = ContinuousClock.now + limits.time
    try await world.interruptible { () throws(Failure) in
      // An archive names 1024 roots at most.
      for start in stride(from: 0, to: roots.count, by: 1024) {
        let part = Array(roots[start..<min(start + 1024, roots.count)])
        let archive: CARWriter
        do throws(ReadError) {
          archive = try CARWriter(part, from: source)
        } catch {
          throw Failure(error)
        }
        try await self.send(archive, to: endpoint, limits, deadline)
      }
    }
  }

  private func send(
    _ archive: CARWriter, to endpoint: Endpoint, _ limits: ContentLimits,
    _ deadline: ContinuousClock.Instant
  ) async throws(Failure) {
    let length = Int(clamping: archive.byteCount)
    let bar = Transfer("sending", of: length, in: world)
    defer { bar.finish() }
    let body = HTTPRequestBody.stream(length: length) { writer in
      var archive = archive
      while let piece = try archive.piece() { try await writer.write(piece) }
    }
    let request = endpoint.url("ipfs").request(.post, [.contentType: Self.carType])
    let sent = await Pace.keep(limits, until: deadline) { [world, http] pace in
      let call = HTTPCall(
        isRepeatable: true, followsRedirects: false,
        progress: { sent, _ in
          bar.update(sent)
          // The answer to a small archive has patience's time, as if it were large.
          pace.moved(to: sent >= length ? max(sent, limits.pace * 600) : sent)
        }, onRetry: { error, _, _ in world.detail("\(error); trying again") })
      do throws(HTTPError) {
        let answer = try await http.send(request, body: body, call).checked()
        _ = try await answer.collect(limit: 1 << 20)
        return Result<Void, Failure>.success(())
      } catch {
        return .failure(Failure(error))
      }
    }
    guard let sent else {
      throw Failure(
        .temporary, "\(endpoint) takes content too slowly", code: "too-slow")
    }
    try sent.get()
  }
}
