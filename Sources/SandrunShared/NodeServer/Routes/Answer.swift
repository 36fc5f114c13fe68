internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Records

extension Response {
  /// An answer of bytes.
  init(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) {
    self.init(
      status: status, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// A JSON answer; a newline ends it, for those who read it in a terminal.
  init(_ json: JSON, status: HTTPResponse.Status = .ok) {
    self.init(json.bytes + [UInt8(ascii: "\n")], type: "application/json", status: status)
  }

  /// An answer that is no.
  init(_ error: RequestError) {
    self.init(error.body, type: "application/json", status: error.status)
    if let seconds = error.retryAfter { headers[.retryAfter] = "\(seconds)" }
    if !error.allowed.isEmpty {
      headers[.allow] = error.allowed.map(\.rawValue).joined(separator: ", ")
    }
  }
}
