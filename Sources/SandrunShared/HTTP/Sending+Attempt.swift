import HTTPTypes
import Synchronization
import Timing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Sending {
  private static let redirectLimit = 5

  /// Asks once, and where the answer points elsewhere, there.
  func follow(
    _ request: HTTPRequest, to first: HTTPURL, isRepeatable: Bool
  ) async throws(HTTPError) -> HTTPAnswer {
    var url = first
    var seen: Set<HTTPURL> = [first]
    var reach = call.reach
    while true {
      var next = request
      if url.origin != first.origin {
        next.headerFields[.authorization] = nil
        next.headerFields[.cookie] = nil
      }
      let answer = try await attempt(
        next, to: url, isTrusted: url.origin == first.origin, isRepeatable: isRepeatable,
        reach: reach)
      guard call.followsRedirects, request.method == .get || request.method == .head,
        [301, 302, 303, 307, 308].contains(answer.status),
        let location = answer.head.headerFields[.location]
      else { return answer }
      let target = try Self.step(from: url, to: location)
      guard seen.insert(target).inserted else {
        throw HTTPError(url.description, .redirect("a loop, back to \(target)"), sent: .maybe)
      }
      guard seen.count <= Self.redirectLimit + 1 else {
        let reason = "more than \(Self.redirectLimit) in a row"
        throw HTTPError(first.description, .redirect(reason), sent: .maybe)
      }
      // A short body read to its end leaves the connection to the next call.
      _ = await answer.body.head(limit: 4096)
      url = target
      reach = min(reach, call.redirectReach ?? answer.place)
    }
  }

  private static func step(from url: HTTPURL, to location: String) throws(HTTPError) -> HTTPURL {
    let target: HTTPURL
    do throws(HTTPURLError) {
      target = try url.redirected(to: location)
    } catch {
      throw HTTPError(url.description, .redirect(error.description), sent: .maybe)
    }
    guard url.scheme == "http" || target.scheme == "https" else {
      throw HTTPError(url.description, .redirect("from https to \(target)"), sent: .maybe)
    }
    return target
  }

  /// One transfer, up to the header of its answer.
  private func attempt(
    _ request: HTTPRequest, to url: HTTPURL, isTrusted: Bool, isRepeatable: Bool,
    reach: HTTPReach
  ) async throws(HTTPError) -> HTTPAnswer {
    if let place = HTTPReach(address: url.host), place > reach {
      throw HTTPError(url.description, .outOfReach(place), sent: .nothing)
    }
    guard let turn = await turn(at: url) else {
      throw HTTPError(
        url.description, Task.isCancelled ? .cancelled : .timedOut(.total), sent: .nothing)
    }
    var order = try await order(
      for: request, to: url, isTrusted: isTrusted, isRepeatable: isRepeatable)
    order.reach = reach
    let exchange = Exchange(url.description, length: body.length, client.engine.mailbox, turn)
    client.engine.start(exchange, order)
    let answer = HTTPBody(exchange, client.engine, patience: order.idleTimeout)
    let head = try await head(of: exchange)
    let place = exchange.state.withLock { $0.place } ?? .world
    return HTTPAnswer(head: head, url: url, place: place, body: answer)
  }

  /// A place to send from, once the host may be asked; nil where the task is cancelled or the time is up first.
  private func turn(at url: HTTPURL) async -> RequestQueue.Turn? {
    @Sendable func turn() async -> RequestQueue.Turn? {
      guard (try? await client.limiter?.wait(for: url.host)) != nil || client.limiter == nil else {
        return nil
      }
      return await client.queue.turn(priority: call.priority)
    }
    guard let deadline else { return await turn() }
    return await withTaskGroup(of: RequestQueue.Turn?.self) { group in
      group.addTask { await turn() }
      group.addTask {
        try? await ContinuousClock().sleep(until: deadline)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }

  /// Waits for the header while the producer of the body, where there is one, works.
  private func head(of exchange: Exchange) async throws(HTTPError) -> HTTPResponse {
    guard case .producer(_, let produce) = body.content else { return try await exchange.head() }
    let result = await withTaskGroup(of: Result<HTTPResponse, HTTPError>?.self) { group in
      group.addTask {
        do {
          try await produce(HTTPBodyWriter(exchange: exchange))
          exchange.endOutgoing(.complete)
        } catch let error as HTTPError {
          exchange.endOutgoing(.failed(error.words))
        } catch {
          exchange.endOutgoing(.failed("\(error)"))
        }
        return nil
      }
      group.addTask {
        do throws(HTTPError) {
          return .success(try await exchange.head())
        } catch {
          return .failure(error)
        }
      }
      var result: Result<HTTPResponse, HTTPError>?
      for await value in group {
        guard let value else { continue }
        result = value
        // An answer that is an error, or none, has no use for the rest of the body.
        if (try? value.get().status.kind) != .successful { group.cancelAll() }
      }
      return result
    }
    guard let result else { throw HTTPError(exchange.url, .cancelled, sent: .maybe) }
    return try result.get()
  }

  private func order(
    for request: HTTPRequest, to url: HTTPURL, isTrusted: Bool, isRepeatable: Bool
  ) async throws(HTTPError) -> Order {
    let options = client.options
    var fields = request.headerFields
    if isTrusted, let authorization = options.authorization {
      do {
        fields[.authorization] = try await authorization.value()
      } catch {
        throw HTTPError(url.description, .authorization("\(error)"), sent: .nothing)
      }
    }
    if fields[.userAgent] == nil { fields[.userAgent] = options.userAgent }
    // libcurl's own, which a field of the caller's would contradict.
    let own = ["content-length", "transfer-encoding", "host", "connection", "expect"]
    fields = HTTPFields(fields.filter { !own.contains($0.name.canonicalName) })
    return Order(
      url: url.description, method: request.method.rawValue,
      fields: fields.map(Self.line(of:)), body: body.content,
      length: body.length, hasBody: Self.hasBody(request.method, body),
      connectTimeout: options.connectTimeout, idleTimeout: call.idleTimeout ?? options.idleTimeout,
      deadline: deadline,
      headerLimit: options.headerLimit, isRepeatable: isRepeatable, trust: Trust.environment,
      isForThisMachine: url.isOfThisMachine, reach: call.reach, progress: call.progress)
  }

  /// libcurl takes a field without a value for one that is to be left out.
  private static func line(of field: HTTPField) -> String {
    field.value.isEmpty ? "\(field.name.rawName);" : "\(field.name.rawName): \(field.value)"
  }

  private static func hasBody(_ method: HTTPRequest.Method, _ body: HTTPRequestBody) -> Bool {
    method == .post || method == .put || method == .patch || body.length != 0
  }

  // MARK: What may be sent again

  static func target(of request: HTTPRequest) throws(HTTPError) -> HTTPURL {
    let text = "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "/")"
    do throws(HTTPURLError) {
      return try HTTPURL(text)
    } catch {
      throw HTTPError(error.text, .badURL(error), sent: .nothing)
    }
  }

  /// RFC 9110, section 9.2.2: to send it twice is as to send it once.
  static func isSafe(_ method: HTTPRequest.Method) -> Bool {
    [.get, .head, .put, .delete, .options].contains(method)
  }

  /// Too many requests, bad gateway, unavailable, gateway timeout: it may work later.
  static func isPassing(_ status: Int) -> Bool { [429, 502, 503, 504].contains(status) }

  func mayRepeat(_ error: HTTPError, _ isRepeatable: Bool) -> Bool {
    switch error.cause {
    case .cannotConnect, .timedOut(.connect): isRepeatable || error.sent == .nothing
    case .broken, .truncated: isRepeatable
    case .timedOut(.idle): isRepeatable && call.repeatsSilence
    default: false
    }
  }
}

extension Trust {
  /// As OpenSSL's and curl's programs are told.
  static var environment: Trust {
    func variable(_ name: String) -> String? {
      guard let value = unsafe getenv(name), let text = unsafe String(validatingCString: value)
      else { return nil }
      return text.isEmpty ? nil : text
    }
    return Trust(
      file: variable("CURL_CA_BUNDLE") ?? variable("SSL_CERT_FILE"),
      folder: variable("SSL_CERT_DIR"))
  }
}
