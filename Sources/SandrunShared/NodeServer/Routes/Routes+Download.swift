internal import HTTPTypes
internal import Hummingbird
internal import IPFS
internal import NIOCore
internal import NodeAPI
internal import NodeContent
internal import NodeEngine
internal import Packing
internal import Records

extension Routes {
  /// `GET /download/{id}/{path}`: one output; `GET /download/{id}`: all of them as a tar.gz.
  func download(_ id: JobID, path: String?, _ call: Call) async throws -> Response {
    guard let status = try engine.status(id) else { throw RequestError.noJob }
    guard status.state.isFinal else {
      throw RequestError(.conflict, "the job is \(status.state.rawValue): there are no outputs yet")
    }
    var files: [(path: String, cid: CID, size: Int)] = []
    for file in status.result?["outputs"]?["files"]?.elements ?? [] {
      guard let path = file["path"]?.string, let size = file["size"]?.integer,
        let cid = file["cid"]?.string.flatMap({ try? CID(parsing: $0) })
      else { throw RequestError.inside }
      files.append((path, cid, size))
    }
    guard let path else {
      let root = status.result?["outputs"]?["cid"]?.string ?? "\(id)"
      return archive(of: files, tag: "W/\"\(root).tar.gz\"", name: "\(id).tar.gz", call)
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

  private func archive(
    of files: [(path: String, cid: CID, size: Int)], tag: String, name: String, _ call: Call
  ) -> Response {
    if let known = Self.unchanged(tag, call) { return known }
    let source = engine.content
    var response = Response(
      status: .ok, headers: [.contentType: "application/gzip"],
      body: ResponseBody { body in
        let writer = try TarWriter()
        for file in files {
          var cursor = try await Self.reading { () throws(ReadError) in
            try FileCursor(file.cid, in: source)
          }
          try writer.begin(file.path, size: Int(cursor.size))
          while true {
            let (piece, after) = try await Blocking.run { [cursor] in
              var copy = cursor
              return (try copy.next(), copy)
            }
            cursor = after
            guard let piece else { break }
            try await Blocking.run { try writer.write(piece) }
            if let ready = writer.take() { try await body.write(ByteBuffer(bytes: ready)) }
          }
        }
        try writer.finish()
        if let ready = writer.take() { try await body.write(ByteBuffer(bytes: ready)) }
        try await body.finish(nil)
      })
    Self.mark(&response, tag: tag, name: name, isPublic: false)
    return response
  }
}
