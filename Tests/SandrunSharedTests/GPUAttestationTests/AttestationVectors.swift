import Hashing
import Records
import SystemPackage
import TestSupport

@testable import GPUAttestation

/// Rows of `gpu-attestation.jsonl`: arrays that Python filled.
struct AttestationRow: Sendable {
  let challenge: ArrayChallenge
  let roots: ArrayRoots
  let cells: [(place: ArrayPlace, bytes: String)]
  let draw: [ArrayPlace]

  static func lines() throws -> [JSON] {
    try Vectors.lines(of: Vectors.own.appending("gpu-attestation.jsonl")).map {
      try JSON(parsing: $0)
    }
  }

  /// All arrays.
  static func all() throws -> [AttestationRow] { try lines().compactMap { try Self($0) } }

  private init?(_ json: JSON) throws {
    guard let lanes = json["lanes"]?.integer, let rows = json["rows"]?.integer,
      let openings = json["openings"]?.integer, let roots = json["roots"]?.elements
    else { return nil }
    challenge = ArrayChallenge(
      seed: try Digest32(hex: json["seed"]?.string ?? ""),
      identity: try Digest32(hex: json["identity"]?.string ?? ""),
      shape: try ArrayShape(lanes: lanes, rows: rows, openings: openings))
    self.roots = ArrayRoots(
      first: try Digest32(hex: roots[0].string ?? ""),
      second: try Digest32(hex: roots[1].string ?? ""))
    func place(_ json: JSON) -> ArrayPlace {
      ArrayPlace(
        pass: json.elements?[0].integer ?? 0, index: json.elements?[1].integer ?? -1)
    }
    cells = (json["cells"]?.elements ?? []).map { (place($0), $0.elements?[2].string ?? "") }
    draw = (json["draw"]?.elements ?? []).map(place)
  }
}
