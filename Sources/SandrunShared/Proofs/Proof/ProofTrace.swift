public import Hashing

/// What a proof says of the trace it holds: the root that is signed, and the lines that there is only one of.
public struct ProofTrace: Equatable, Sendable {
  /// The Merkle root over the SHA-256 of each frame's compressed bytes (RFC 6962's tree).
  public var root: Digest32
  /// The number of frames under the root; the attestation's own is not among them.
  public var leaves: Int
  /// The first line.
  public var start: TraceStart
  /// How the job ended.
  public var exit: TraceExit
  /// The last line.
  public var end: TraceEnd
}
