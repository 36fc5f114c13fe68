public import Hashing
public import Records
public import SystemPackage

/// A proof file's own facts, found without opening a frame but the attestation's.
public struct ProofSurvey: Equatable, Sendable {
  /// The leaf's hash of each of the trace's compressed frames, in order.
  public var leaves: [Digest32]
  /// The Merkle root over them.
  public var root: Digest32
  /// The length of the file in bytes.
  public var size: Int
  /// The attestation's line: `{"type":"attestation","envelope":{…}}`.
  public var attestation: JSON

  /// Goes once through an open file, which stays the caller's to close.
  public init(
    _ descriptor: FileDescriptor, named path: FilePath, limits: FrameLimits = FrameLimits()
  ) throws(ProofError) {
    var reader = try FrameReader(descriptor, named: path, limits: limits)
    leaves = []
    // The last frame is the attestation, which is known only when no other follows.
    var last: Frame?
    while let frame = try reader.next() {
      if let last { leaves.append(MerkleTree.leaf(last.bytes)) }
      last = frame
    }
    try reader.requireSeekTable()
    size = reader.size
    root = MerkleTree.root(of: leaves)
    guard let last, !leaves.isEmpty else { throw .attestation(.missing) }
    var text: [UInt8] = []
    try reader.append(last, to: &text)
    text.removeLast()
    do {
      attestation = try JSON(parsing: text)
    } catch {
      throw .attestation(.malformed(error))
    }
    guard attestation["type"] == "attestation" else { throw .attestation(.missing) }
  }
}

extension TraceReader {
  /// Reads the trace in a proof whose frames were surveyed: a frame is opened only if it is still the one that was hashed.
  public init(
    _ descriptor: FileDescriptor, named path: FilePath, of survey: ProofSurvey,
    limits: FrameLimits = FrameLimits()
  ) throws(ProofError) {
    try self.init(
      TraceText(descriptor, named: path, limits: limits, leaves: survey.leaves),
      acceptsUnfinished: false)
  }

  /// Reads the trace in a proof, or a trace that may be unfinished, whichever the open file is.
  public init(
    proofOrTrace descriptor: FileDescriptor, named path: FilePath,
    limits: FrameLimits = FrameLimits()
  ) throws(ProofError) {
    do throws(ProofError) {
      let survey = try ProofSurvey(descriptor, named: path, limits: limits)
      try self.init(descriptor, named: path, of: survey, limits: limits)
    } catch .attestation(.missing), .frame {
      try self.init(descriptor, named: path, limits: limits, acceptingUnfinished: true)
    }
  }
}
