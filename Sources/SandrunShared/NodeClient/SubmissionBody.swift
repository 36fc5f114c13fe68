internal import Files
internal import HTTP
internal import HTTPTypes
internal import Hashing
internal import IPFS
internal import NodeAPI
internal import Records
internal import SystemPackage

/// What is sent to `POST /submit`: a manifest, and for a node that takes no CAR the files with it.
enum SubmissionBody {
  case manifest(JSONObject)
  case archive(JSONObject, FilePath)

  /// Removes what was made for it.
  func discard() {
    if case .archive(_, let path) = self { try? Files.removeTree(path) }
  }

  /// The form, the manifest first: the same for the same job each time.
  ///
  /// The boundary is a hash over the content, so that no content can hold it.
  func form(of order: Order) throws(Failure) -> Multipart {
    do throws(MultipartError) {
      let hash = SHA256.hash(order.code.bytes + order.specification.bytes)
      var form = try Multipart(boundary: "sandrun-\(Hex.digits(hash.bytes).prefix(48))")
      switch self {
      case .manifest(let manifest):
        form.add("manifest", type: "application/json", JSON.object(manifest).bytes)
      case .archive(let manifest, let path):
        form.add("manifest", type: "application/json", JSON.object(manifest).bytes)
        let length = (try? Files.status(path)).flatMap { $0 }.map { Int($0.size) } ?? 0
        form.add(
          "files", fileName: "job.tar.gz", type: "application/gzip", file: path, length: length)
      }
      return form
    } catch {
      throw Failure(.internalError, "\(error)")
    }
  }
}

extension Nodes {
  /// Sends a submission; with a key it may be repeated, without one an answer that is lost is lost.
  func send(
    _ body: SubmissionBody, of order: Order, key: String?, to endpoint: Endpoint
  ) async throws(Failure) -> JSON {
    let form = try body.form(of: order)
    var headers: HTTPFields = [.contentType: form.contentType]
    if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
    return try await json(
      .post, endpoint.url("submit"), body: form.body, headers: headers,
      isRepeatable: key != nil, about: nil)
  }
}
