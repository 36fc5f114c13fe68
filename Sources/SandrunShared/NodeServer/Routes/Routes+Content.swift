internal import HTTPTypes
internal import Hummingbird
internal import IPFS
internal import NIOCore
internal import NodeContent
internal import NodeEngine
internal import Records

extension Routes {
  /// `GET /ipfs/{cid}[/path]`: a block, a DAG, or a file's bytes (IPFS, trustless gateway specification, a subset).
  func content(_ names: [String], _ call: Call) async throws -> Response {
    let root: CID
    do { root = try CID(parsing: names[0]) } catch {
      throw RequestError(.badRequest, "the path has no CID", details: "\(error)")
    }
    let format = try ContentFormat(call)
    let source = servedBlocks
    let path = ContentPath(root, names: names.dropFirst().map { Array($0.utf8) })
    let cid = try await reading { () throws(ReadError) in
      let cid = try ContentReader(source).resolve(path)
      // What is not there is told at once, whatever was asked of it.
      try Self.find(cid, in: source)
      return cid
    }
    switch format {
    case .raw: return try await block(cid, call)
    case .car(let scope): return try await archive(path, of: cid, scope, call)
    case .file:
      return try await file(cid, named: names.count > 1 ? names[names.count - 1] : nil, call)
    }
  }

  private func block(_ cid: CID, _ call: Call) async throws -> Response {
    let tag = "\"\(cid).raw\""
    if let known = Self.unchanged(tag, call) { return known }
    let source = servedBlocks
    let bytes = try await reading { () throws(ReadError) in
      do throws(RepositoryError) { return try source.block(cid) } catch {
        throw .repository(error)
      }
    }
    var response = Response(bytes, type: "application/vnd.ipld.raw")
    Self.mark(&response, tag: tag, name: "\(cid).bin")
    return response
  }

  private func archive(
    _ path: ContentPath, of cid: CID, _ scope: ContentFormat.Scope, _ call: Call
  ) async throws -> Response {
    let tag = "W/\"\(cid).car.\(path.names.count).\(scope.rawValue)\""
    if let known = Self.unchanged(tag, call) { return known }
    let source = servedBlocks
    let writer = try await reading { () throws(ReadError) in
      // With the blocks on the way, those between the shards of a directory, too: who knows only the root can check each step.
      var blocks: [CID] = []
      var way = PartWalk(DAGPart(path, scope: .block))
      while let (cid, _) = try way.next(from: source) { blocks.append(cid) }
      return try CARWriter(
        [path.root], holding: blocks + scope.blocks(of: cid, in: source), from: source)
    }
    var response = Response(
      status: .ok,
      headers: [.contentType: "application/vnd.ipld.car; version=1; order=dfs; dups=n"],
      body: ResponseBody(contentLength: Int(writer.byteCount)) { body in
        var rest = writer
        while true {
          let (piece, after) = try await reading { [rest] () throws(ReadError) in
            var copy = rest
            return (try copy.piece(), copy)
          }
          rest = after
          guard let piece else { break }
          try await body.write(ByteBuffer(bytes: piece))
        }
        try await body.finish(nil)
      })
    Self.mark(&response, tag: tag, name: "\(cid).car")
    return response
  }

  /// What will be the same for ever.
  static func mark(
    _ response: inout Response, tag: String, name: String, isPublic: Bool = true
  ) {
    response.headers[.eTag] = tag
    response.headers[.cacheControl] =
      "\(isPublic ? "public" : "private"), max-age=29030400, immutable"
    response.headers[.contentDisposition] = ContentName.disposition(name)
    response.headers[.xContentTypeOptions] = "nosniff"
  }

  /// 304 for those who have it already.
  static func unchanged(_ tag: String, _ call: Call) -> Response? {
    guard let known = call.headers[.ifNoneMatch] else { return nil }
    let plain = { (text: Substring) in text.hasPrefix("W/") ? text.dropFirst(2) : text }
    let tags = known.split(separator: ",").map { plain($0.drop { $0 == " " }.prefix { $0 != " " }) }
    guard tags.contains(plain(tag[...])) || tags.contains("*") else { return nil }
    return Response(status: .notModified, headers: [.eTag: tag])
  }

  private static func find(_ cid: CID, in source: any BlockSource) throws(ReadError) {
    do { _ = try source.length(of: cid) } catch { throw .repository(error) }
  }

  /// Reads content on a thread that may wait, and tells a client what it may know of a failure.
  func reading<T: Sendable>(
    _ body: @escaping @Sendable () throws(ReadError) -> T
  ) async throws -> T {
    do {
      return try await Blocking.run(body)
    } catch let error as ReadError {
      let refusal = RequestError(error)
      if refusal == .inside { options.note("cannot read content: \(error)") }
      throw refusal
    }
  }
}

/// In which form content is asked for.
enum ContentFormat: Sendable {
  enum Scope: String, Sendable {
    /// The block alone.
    case block
    /// A file whole; of a folder what it takes to list it.
    case entity
    /// All below.
    case all
  }

  case raw
  case car(Scope)
  case file

  init(_ call: Call) throws(RequestError) {
    let accepted = call.headers[.accept] ?? ""
    switch call.target.query["format"] {
    case "raw": self = .raw
    case "car": self = .car(try Self.scope(call))
    case nil where accepted.contains("application/vnd.ipld.raw"): self = .raw
    case nil where accepted.contains("application/vnd.ipld.car"):
      self = .car(try Self.scope(call))
    case nil: self = .file
    case .some:
      throw RequestError(.badRequest, "the format is neither raw nor car")
    }
  }

  private static func scope(_ call: Call) throws(RequestError) -> Scope {
    guard let scope = Scope(rawValue: call.target.query["dag-scope"] ?? "all") else {
      throw RequestError(.badRequest, "the dag-scope is none of block, entity, all")
    }
    return scope
  }
}

extension ContentFormat.Scope {
  /// What of a DAG is in an archive of this scope.
  func blocks(of cid: CID, in source: any BlockSource) throws(ReadError) -> [CID] {
    switch self {
    case .block: return [cid]
    case .entity:
      // Of a file all is wanted, and its leaves need not be read to be named.
      if case .file? = try? ContentReader(source).node(cid) { break }
      return try entity(cid, in: source)
    case .all: break
    }
    var walk = DAGWalk([cid], in: source)
    var blocks: [CID] = []
    while let step = try walk.next() { blocks.append(step.cid) }
    return blocks
  }

  /// A directory's own blocks, without those of its entries, or the one block of what is neither file nor directory.
  private func entity(_ cid: CID, in source: any BlockSource) throws(ReadError) -> [CID] {
    var walk = PartWalk(DAGPart(ContentPath(cid), scope: .entity))
    var blocks: [CID] = []
    while let (cid, _) = try walk.next(from: source) { blocks.append(cid) }
    return blocks
  }
}
