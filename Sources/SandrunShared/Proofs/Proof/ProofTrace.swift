public import Hashing

/// What a proof says of the trace it holds: the root that is signed, and the lines that there is only one of.
public struct ProofTrace: Equatable, Sendable {
  /// The root of RFC 6962's Merkle tree whose leaves are the frames, compressed.
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
