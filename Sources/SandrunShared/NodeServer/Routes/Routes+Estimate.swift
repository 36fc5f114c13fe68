internal import HTTPTypes
internal import Hummingbird
internal import Marketplace
internal import NodeEngine
internal import Records

extension Routes {
  /// So many bytes a record or a manifest has at most.
  private static let longestEstimate = 1 << 20

  /// `POST /estimate`: what a job would cost here at most, and how long it may take; nothing of it is kept.
  func estimate(_ call: Call) async throws -> Response {
    let bytes = try await bytes(of: call, limit: Self.longestEstimate, named: "body")
    let needs = try await Blocking.run { try Needs(bytes) }
    let price = await options.price()
    let cost = price?.cost(gpus: needs.gpus, seconds: needs.timeout)
    return Response([
      "worker_id": .string("\(engine.address)"), "cost": cost.map { .string("\($0)") } ?? .null,
      "token": .string(Job.Payment.ether), "time": .integer(needs.timeout),
      "price": price.map { ["gpu": .string("\($0.gpu)"), "cpu": .string("\($0.cpu)")] } ?? .null,
    ])
  }
}

/// What a job holds of a node, and for how long at most.
private struct Needs {
  var gpus: Int
  var timeout: Int

  /// Reads a record with `job`, or a manifest.
  init(_ bytes: [UInt8]) throws {
    guard let record = (try? JSON(parsing: bytes))?.object, let json = record["job"] else {
      let manifest = try Manifest(bytes)
      guard manifest.content == nil else {
        throw Manifest.wrong("spec", "tells no estimate: send the record with its job")
      }
      timeout = manifest.timeout ?? JobMaker.defaultTimeout
      gpus = manifest.gpu?.count ?? 0
      guard timeout > 0 else { throw Manifest.wrong("timeout", "is no number of seconds") }
      return
    }
    guard let object = json.object else {
      throw RequestError(.badRequest, "the record's 'job' is \(json.kind), not an object")
    }
    do throws(JobError) {
      let job = try Job(object)
      (gpus, timeout) = (job.gpu?.count ?? 0, job.timeout)
    } catch {
      throw RequestError(.badRequest, "the job is refused", details: "\(error)")
    }
  }
}
