internal import Hummingbird

extension Routes {
  func submit(_ call: Call) async throws -> Response { throw RequestError.notFound }
}
