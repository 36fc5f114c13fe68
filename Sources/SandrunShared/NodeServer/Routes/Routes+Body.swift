internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Routes {
  /// A request's whole body; throws 413 (`contentTooLarge`) where it has more than so many bytes.
  func bytes(of call: Call, limit: Int, named name: String) async throws -> [UInt8] {
    let tooLong = RequestError(.contentTooLarge, "the \(name) has more than \(limit) bytes")
    guard call.declaredLength ?? 0 <= limit else { throw tooLong }
    var bytes: [UInt8] = []
    for try await piece in try await call.body() {
      guard bytes.count + piece.readableBytes <= limit else { throw tooLong }
      traffic.receive(piece.readableBytes)
      bytes += piece.readableBytesView
    }
    return bytes
  }
}
