internal import HTTPTypes
internal import Hummingbird
internal import IPFS
internal import NIOCore
internal import NodeContent
internal import NodeEngine
internal import Records

extension Routes {
  /// A file's bytes, all or a range of them, as bytes that no browser takes for a page.
  func file(_ cid: CID, named name: String?, _ call: Call) async throws -> Response {
    let source = engine.content
    var cursor: FileCursor
    do {
      cursor = try await Blocking.run { try FileCursor(cid, in: source) }
    } catch ReadError.notFile, ReadError.unsupportedCodec {
      throw RequestError(
        .notAcceptable, "this is no file: ask for it with ?format=car or ?format=raw")
    } catch let error as ReadError {
      throw RequestError(error)
    }
    let tag = "\"\(cid)\""
    if let known = Self.unchanged(tag, call) { return known }
    let size = cursor.size
    var headers: HTTPFields = [
      .contentType: "application/octet-stream", .acceptRanges: "bytes",
      .contentSecurityPolicy: "sandbox",
    ]
    var status = HTTPResponse.Status.ok
    switch ByteRange(call.headers, tag: tag, size: size) {
    case .whole: break
    case .part(let range):
      cursor.narrow(to: range)
      status = .partialContent
      headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
    case .none:
      var response = Response(
        RequestError(.rangeNotSatisfiable, "the file has \(size) bytes"))
      response.headers[.contentRange] = "bytes */\(size)"
      return response
    }
    var response = Response(status: status, headers: headers, body: body(cursor))
    Self.mark(&response, tag: tag, name: name ?? "\(cid)")
    return response
  }

  /// Streams a file, never more than one block ahead of its reader.
  private func body(_ cursor: FileCursor) -> ResponseBody {
    ResponseBody(contentLength: cursor.rest.count) { body in
      var rest = cursor
      while true {
        let (piece, after) = try await reading { [rest] () throws(ReadError) in
          var copy = rest
          return (try copy.next(), copy)
        }
        rest = after
        guard let piece else { break }
        try await body.write(ByteBuffer(bytes: piece))
      }
      try await body.finish(nil)
    }
  }
}

/// What a request wants of a file (RFC 9110, section 14).
enum ByteRange: Equatable {
  /// All of it: no range was asked for, or one that need not be honoured.
  case whole
  case part(Range<UInt64>)
  /// A range in which the file has no byte.
  case none

  init(_ fields: HTTPFields, tag: String, size: UInt64) {
    self = .whole
    guard let text = fields[.range], text.lowercased().hasPrefix("bytes=") else { return }
    // The range is of the file that the client has a part of, or it is not meant.
    if let condition = fields[.ifRange], condition != tag { return }
    let ends = text.dropFirst("bytes=".count).split(
      separator: "-", omittingEmptySubsequences: false)
    // Of several ranges none is honoured: the whole serves as well.
    guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }) else {
      return
    }
    let last = ends[1].isEmpty ? UInt64.max : UInt64(ends[1]) ?? .max
    if ends[0].isEmpty {
      guard !ends[1].isEmpty else { return }
      self = last == 0 || size == 0 ? .none : .part(size - min(size, last)..<size)
      return
    }
    let first = UInt64(ends[0]) ?? .max
    guard first <= last else { return }
    self = first >= size ? .none : .part(first..<min(last, size - 1) + 1)
  }
}

/// A file's name for those who save it.
enum ContentName {
  /// The field `Content-Disposition` (RFC 6266).
  static func disposition(_ name: String) -> String {
    let plain = name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
    if plain { return "attachment; filename=\"\(name)\"" }
    var encoded = ""
    for byte in name.utf8 {
      let isSafe =
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "-._~".utf8.contains(byte)
      encoded +=
        isSafe
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "attachment; filename*=UTF-8''\(encoded)"
  }
}

extension RequestError {
  /// What a client is told where content cannot be read.
  init(_ error: ReadError) {
    switch error {
    case .repository(let error): self.init(error)
    case .noEntry(_, let name):
      self.init(.notFound, "the folder has no entry of this name", details: name)
    case .notDirectory(let cid):
      self.init(.notFound, "a name leads on from what is no folder", details: "\(cid)")
    case .overLimit: self.init(.badRequest, "the content is too large", details: "\(error)")
    case .file, .cancelled: self = .inside
    default: self.init(.badRequest, "the content cannot be read so", details: "\(error)")
    }
  }
}
