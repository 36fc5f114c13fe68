internal import HTTPTypes
internal import Hummingbird
internal import IPFS
internal import NIOCore
internal import NodeAPI
internal import NodeContent
internal import NodeEngine
internal import Records
internal import Unpacking

extension Routes {
  /// `GET /download/{id}/{path}`: one output; `GET /download/{id}`: all of them as a tar.gz.
  func download(_ id: JobID, path: String?, _ call: Call) async throws -> Response {
    guard let status = try engine.status(id) else { throw RequestError.noJob }
    guard status.state.isFinal else {
      throw RequestError(.conflict, "the job is \(status.state.rawValue): there are no outputs yet")
    }
    var files: [(path: String, cid: CID)] = []
    for file in status.result?["outputs"]?["files"]?.elements ?? [] {
      guard let path = file["path"]?.string,
        let cid = file["cid"]?.string.flatMap({ try? CID(parsing: $0) })
      else { throw RequestError.inside }
      files.append((path, cid))
    }
    guard let path else {
      guard let root = status.result?["outputs"]?["cid"]?.string.flatMap({ try? CID(parsing: $0) })
      else { throw RequestError(.notFound, "the job has no outputs") }
      return try await archive(root, name: "\(id).tar.gz", call)
    }
    // Byte for byte: no two names are one, however they are composed.
    guard let file = files.first(where: { $0.path.utf8.elementsEqual(path.utf8) }) else {
      throw RequestError(.notFound, "the job has no output of this name", details: path)
    }
    let name = path.split(separator: "/").last.map(String.init)
    var response = try await self.file(file.cid, named: name, call)
    // Who knows a job's id may see it: no shared cache keeps what others did not ask for.
    if response.headers.contains(.cacheControl) {
      response.headers[.cacheControl] = "private, max-age=29030400, immutable"
    }
    return response
  }

  /// All outputs, packed as they are read.
  private func archive(_ root: CID, name: String, _ call: Call) async throws -> Response {
    let tag = "W/\"\(root).tar.gz\""
    if let known = Self.unchanged(tag, call) { return known }
    let source = engine.content
    let archive = try await reading { () throws(ReadError) in
      try ContentArchive(root, in: source)
    }
    var response = Response(
      status: .ok, headers: [.contentType: "application/gzip"],
      body: ResponseBody { body in
        while let piece = try await reading({ () throws(ReadError) in try archive.piece() }) {
          try await body.write(ByteBuffer(bytes: piece))
        }
        try await body.finish(nil)
      })
    Self.mark(&response, tag: tag, name: name, isPublic: false)
    return response
  }
}
