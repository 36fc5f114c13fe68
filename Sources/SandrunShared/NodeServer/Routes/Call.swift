internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// The connection that a request came on.
struct CallContext: InitializableFromSource {
  let channel: any Channel

  init(source: ApplicationRequestContextSource) { channel = source.channel }
}

/// A request as the routes see it.
struct Call: Sendable {
  let request: Request
  let context: CallContext
  let target: RequestTarget

  var headers: HTTPFields { request.headers }

  /// The length that the body is said to have.
  var declaredLength: Int? { headers[.contentLength].flatMap { Int($0) } }

  /// The body; a client that waits for leave to send it gets that now.
  func body() async throws -> RequestBody {
    if headers[.expect]?.lowercased() == "100-continue" {
      try await context.channel.writeAndFlush(
        HTTPResponsePart.head(HTTPResponse(status: .continue)))
    }
    return request.body
  }
}
