package import Records

/// What a node sends back, read strictly: JSON-RPC 2.0, sections 5 and 6.
package struct RPCAnswer: Sendable {
  /// Whether the node refused a batch as a batch: one object, or one error alone in an array.
  static func refusesBatch(_ body: JSON, of count: Int) -> Bool {
    guard count > 1 else { return false }
    let only = body.elements.map { $0.count == 1 ? $0.first : nil } ?? body
    guard let object = only?.object else { return false }
    return object["error"]?.object != nil && object["jsonrpc"]?.string == "2.0"
  }

  /// The results of a batch in the order of its requests, whose ids count up from `first`.
  static func results(
    _ body: JSON, to requests: [RPCRequest], first: Int
  ) throws(Flaw) -> [Result<JSON, RPCFailure>] {
    guard let answers = body.elements else {
      throw Flaw(reason: "\(body.kind) where \(requests.count) answers must be")
    }
    var results = [Result<JSON, RPCFailure>?](repeating: nil, count: requests.count)
    for answer in answers {
      let id = try id(of: answer)
      guard let index = Self.index(of: id, first: first, count: requests.count) else {
        throw Flaw(reason: "an answer has id \(shown(id)), which was not asked")
      }
      guard results[index] == nil else {
        throw Flaw(reason: "two answers have id \(shown(id))")
      }
      results[index] = try result(of: answer, to: requests[index])
    }
    return try requests.indices.map { (index) throws(Flaw) in
      guard let result = results[index] else {
        throw Flaw(reason: "no answer to \(requests[index].method)")
      }
      return result
    }
  }

  /// The result of one call.
  package static func result(
    _ body: JSON, to request: RPCRequest, id expected: Int
  ) throws(Flaw) -> Result<JSON, RPCFailure> {
    let id = try id(of: body)
    // A node that could not read the request knows no id; then it must be an error.
    let isUnread = id == .null && body["error"]?.object != nil
    guard isUnread || id == .integer(expected) else {
      throw Flaw(reason: "the answer to \(request.method) has id \(shown(id)), not \(expected)")
    }
    return try result(of: body, to: request)
  }

  /// What is wrong with an answer.
  package struct Flaw: Error, Equatable {
    package var reason: String
  }

  private static func id(of answer: JSON) throws(Flaw) -> JSON {
    guard let object = answer.object else {
      throw Flaw(reason: "\(answer.kind) where an answer of JSON-RPC must be")
    }
    guard object["jsonrpc"]?.string == "2.0" else {
      throw Flaw(reason: "no \"jsonrpc\":\"2.0\"")
    }
    guard let id = object["id"] else { throw Flaw(reason: "an answer has no id") }
    return id
  }

  private static func index(of id: JSON, first: Int, count: Int) -> Int? {
    guard let id = id.integer, id >= first, id - first < count else { return nil }
    return id - first
  }

  private static func result(
    of answer: JSON, to request: RPCRequest
  ) throws(Flaw) -> Result<JSON, RPCFailure> {
    let result = answer["result"]
    let error = answer["error"]
    guard let error, case .object(let parts) = error else {
      guard error == nil || error == .null else {
        throw Flaw(reason: "the error of \(request.method) is \(shown(error ?? .null))")
      }
      guard let result else {
        throw Flaw(reason: "the answer to \(request.method) has neither result nor error")
      }
      return .success(result)
    }
    guard result == nil || result == .null else {
      throw Flaw(reason: "the answer to \(request.method) has both result and error")
    }
    guard let code = parts["code"]?.integer, let message = parts["message"]?.string else {
      throw Flaw(reason: "the error of \(request.method) has no code and message")
    }
    return .failure(
      RPCFailure(method: request.method, code: code, message: message, data: parts["data"]))
  }

  /// A value for a message: its beginning.
  static func shown(_ value: JSON) -> String {
    switch value {
    case .array, .object: return value.kind
    default: break
    }
    let text = value.text
    return text.utf8.count > 80 ? "\(text.prefix(76))…" : text
  }
}
