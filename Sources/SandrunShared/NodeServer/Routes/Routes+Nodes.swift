internal import Ethereum
internal import HTTPTypes
internal import Hummingbird
internal import Marketplace
internal import NodeEngine
internal import Records

extension Route {
  /// Whether only a pool answers it.
  var isOfPool: Bool {
    switch self {
    case .nodes, .node: true
    default: false
    }
  }
}

extension Routes {
  /// Answers what is asked of the node as a pool.
  func answerOfPool(_ route: Route, _ call: Call) async throws -> Response {
    guard let pool = options.pool else { throw RequestError.notFound }
    switch (route, call.request.method) {
    case (.nodes, .post): return try await register(call, in: pool)
    case (.nodes, _): return try await nodes(call, in: pool)
    case (.node(let name), .delete): return try await retire(name, call, in: pool)
    case (.node(let name), _): return try await node(name, in: pool)
    default: throw RequestError.notFound
    }
  }

  /// `GET /nodes`: the nodes that meet the criteria of the query, a page of them.
  private func nodes(_ call: Call, in pool: NodePool) async throws -> Response {
    let query = call.target.query
    let criteria: NodeCriteria
    do throws(UnitError) { criteria = try NodeCriteria(query: query) } catch {
      throw RequestError(.badRequest, "the query is malformed", details: "\(error)")
    }
    var limit = 100
    if let text = query["limit"] {
      guard let number = Int(text), (1...NodePool.largestPage).contains(number) else {
        throw RequestError(.badRequest, "the limit is not 1 to \(NodePool.largestPage)")
      }
      limit = number
    }
    var start: Address?
    if let text = query["cursor"] {
      guard let address = Address(text) else {
        throw RequestError(.badRequest, "the cursor is none that was given")
      }
      start = address
    }
    let (most, after) = (limit, start)
    let page = try await Blocking.run { try pool.page(of: criteria, limit: most, after: after) }
    return Response([
      "nodes": .array(page.entries.map(\.json)),
      "cursor": page.next.map { .string("\($0)") } ?? .null,
    ])
  }

  /// `GET /nodes/{address}`: one node.
  private func node(_ name: String, in pool: NodePool) async throws -> Response {
    guard let address = Address(name),
      let entry = try await Blocking.run({ try pool.entry(of: address) })
    else { throw RequestError.noNode }
    return Response(entry.json)
  }

  /// `POST /nodes`: takes a node's signed descriptor; on disk before the answer.
  private func register(_ call: Call, in pool: NodePool) async throws -> Response {
    let signed = try await descriptor(call)
    guard let entry = try await Blocking.run({ try pool.add(signed) }) else {
      return Self.retired(signed)
    }
    return Response(entry.json)
  }

  /// `DELETE /nodes/{address}`: ends a node's entry, by a descriptor with `"retired": true` that it signed.
  private func retire(_ name: String, _ call: Call, in pool: NodePool) async throws -> Response {
    guard let address = Address(name) else { throw RequestError.noNode }
    let signed = try await descriptor(call)
    guard signed.descriptor.address == address else {
      throw RequestError(
        .badRequest, "the descriptor is refused",
        details: "descriptor.address is \(signed.descriptor.address), and the path has \(address)")
    }
    guard signed.json["retired"]?.boolean == true else {
      throw RequestError(
        .badRequest, "the descriptor is refused", details: "descriptor.retired is not true")
    }
    _ = try await Blocking.run { try pool.add(signed) }
    return Self.retired(signed)
  }

  /// What `GET /stats` tells of the pool.
  static func stats(of pool: NodePool) -> JSON {
    ["nodes": .integer((try? pool.count()) ?? 0), "max_nodes": .integer(pool.maxNodes)]
  }

  private static func retired(_ signed: SignedDescriptor) -> Response {
    Response(["address": .string("\(signed.descriptor.address)"), "retired": true])
  }

  /// The descriptor in a request's body, whose signature is right.
  private func descriptor(_ call: Call) async throws -> SignedDescriptor {
    if engine.isDraining { throw RequestError.draining }
    let body = try await bytes(
      of: call, limit: NodePool.longestDescriptor, named: "descriptor")
    return try await Blocking.run {
      guard let object = (try? JSON(parsing: body))?.object else {
        throw RequestError(.badRequest, "the body is no JSON object")
      }
      do throws(DescriptorError) { return try SignedDescriptor(object) } catch {
        throw RequestError(.badRequest, "the descriptor is refused", details: "\(error)")
      }
    }
  }
}

extension RequestError {
  static let noNode = RequestError(.notFound, "there is no such node")

  /// What a client is told where a pool says no.
  init(_ error: PoolError) {
    switch error {
    case .refused(let reason): self.init(.badRequest, "the descriptor is refused", details: reason)
    case .notNewer(let known):
      self.init(
        .conflict, "the descriptor is not newer than the one that is there",
        details: "that one was issued at \(known)")
    case .full: self.init(.serviceUnavailable, "the registry is full", retryAfter: 600)
    case .store(let error): self.init(error)
    }
  }
}
