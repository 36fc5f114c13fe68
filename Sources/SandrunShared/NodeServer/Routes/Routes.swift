internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1
internal import NodeAPI
internal import NodeEngine
internal import Records

/// Answers every request.
struct Routes: HTTPResponder {
  let engine: Engine
  let options: ServerOptions
  let gate: Gate
  let connections: Connections
  let traffic: Traffic
  let uploads: Uploads
  let surroundings: Surroundings

  func respond(to request: Request, context: CallContext) async throws -> Response {
    var response: Response
    do {
      response = try await answer(request, context)
    } catch {
      response = Response(refusal(error))
    }
    if request.method == .head {
      // The length stays: it is what a GET would bring.
      let hasLength = response.headers.contains(.contentLength)
      response = Response(status: response.status, headers: response.headers)
      if !hasLength { response.headers[.contentLength] = nil }
    }
    traffic.count(response.status.code)
    return response
  }

  private func answer(_ request: Request, _ context: CallContext) async throws -> Response {
    if let refusal = gate.refusal(
      host: request.head.authority, origin: request.headers[.origin],
      site: request.headers[.secFetchSite])
    {
      throw refusal
    }
    guard let target = RequestTarget(request.head.path ?? "") else {
      throw RequestError(.badRequest, "the path is malformed")
    }
    guard let route = Route(target.segments), !route.isOfPool || options.pool != nil else {
      throw RequestError.notFound
    }
    guard route.methods.contains(request.method) else {
      var error = RequestError(.methodNotAllowed, "the path does not take \(request.method)")
      error.allowed = route.methods
      throw error
    }
    let call = Call(request: request, context: context, target: target)
    switch route {
    case .status(let id): return try status(job(id))
    case .root: return Response(service)
    case .health: return Response(health)
    case .stats: return Response(stats)
    case .environments: return Response(await environments)
    case .metrics:
      return Response(
        Array(metrics.utf8), type: "text/plain; version=0.0.4; charset=utf-8")
    case .logs(let id): return try await logs(job(id), call)
    case .stream(let id): return try stream(job(id), call)
    case .outputs(let id): return try outputs(job(id))
    case .cancel(let id), .job(let id): return try await cancel(job(id))
    case .download(let id, let path): return try await download(job(id), path: path, call)
    case .content(let names): return try await content(names, call)
    case .upload: return try await upload(call)
    case .submit: return try await submit(call)
    case .estimate: return try await estimate(call)
    case .nodes, .node: return try await answerOfPool(route, call)
    }
  }

  private func job(_ text: String) throws(RequestError) -> JobID {
    // A name that can be no job's is one that no job has.
    guard let id = JobID(text) else { throw .noJob }
    return id
  }

  /// What the client is told of an error; what is our own doing is told to the node's owner.
  private func refusal(_ error: any Error) -> RequestError {
    switch error {
    case let error as RequestError: return error
    case let error as EngineError:
      let refusal = RequestError(error)
      if refusal == .inside { options.note("a request failed: \(error)") }
      return refusal
    case let error as PoolError:
      let refusal = RequestError(error)
      if refusal == .inside { options.note("a request failed: \(error)") }
      return refusal
    // The client went away, or sent what is no body.
    case is HTTPParserError, is IOError, is ChannelError:
      return RequestError(.badRequest, "the request's body is malformed, or ended early")
    case is CancellationError: return .draining
    default:
      options.note("a request failed: \(error)")
      return .inside
    }
  }
}
