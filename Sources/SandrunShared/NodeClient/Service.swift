internal import Ethereum
internal import HTTPTypes
internal import NodeAPI
internal import Records

/// What a node says of itself.
struct Service: Sendable {
  /// The address that signs its results; nil where it names none.
  var address: Address?
  /// Whether it takes content as a CAR, and how many bytes at most.
  var acceptsCAR = false
  var maximumCAR: Int?
  /// Whether it knows a repeated submission by its key.
  var knowsKeys = false
}

extension Nodes {
  /// Asks a node what it is; one of an older kind is asked for its health.
  func service(at endpoint: Endpoint) async throws(Failure) -> Service {
    let told: JSON
    do throws(Failure) {
      told = try await json(.get, endpoint.url(), about: nil)
    } catch {
      // A page for people, or none: not so an answer that never ends or leads round in circles.
      guard error.status == .missingInput || error.code == "not-json" else { throw error }
      let health: JSON
      do throws(Failure) {
        health = try await json(.get, endpoint.url("health"), about: nil)
      } catch {
        guard error.status == .missingInput || error.code == "not-json" else { throw error }
        throw Self.noNode(at: endpoint)
      }
      guard health.object != nil else { throw Self.noNode(at: endpoint) }
      return Service(address: health["worker_id"]?.string.flatMap { Address($0) })
    }
    guard told.object != nil else { throw Self.noNode(at: endpoint) }
    var service = Service()
    service.address = told["worker_id"]?.string.flatMap { Address($0) }
    service.acceptsCAR = told["ipfs"]?["post"]?.boolean ?? false
    service.maximumCAR = told["ipfs"]?["max_bytes"]?.integer
    service.knowsKeys = told["idempotency"]?.boolean ?? false
    return service
  }

  private static func noNode(at endpoint: Endpoint) -> Failure {
    Failure(
      .protocolViolation, "what answers at \(endpoint) is no node", code: "no-node",
      hint: "see --endpoint")
  }
}
