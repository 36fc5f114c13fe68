public import Hashing
public import Records

/// The canonical form of a job without what holds on one machine only; its CID is `code.spec`.
public struct Specification: Sendable {
  /// RFC 8785 bytes of `job` without `source`.
  public let bytes: [UInt8]
  /// Their SHA-256.
  public let digest: Digest32

  /// The specification of a `job` member; throws where it has a null or a number other than an integer below 2^53.
  public init(of job: JSONObject) throws(CanonicalError) {
    var object = job
    object["source"] = nil
    var output: [UInt8] = []
    try CanonicalJSON.write(.object(object), path: "job", to: &output)
    self.bytes = output
    self.digest = SHA256.hash(output)
  }
}
