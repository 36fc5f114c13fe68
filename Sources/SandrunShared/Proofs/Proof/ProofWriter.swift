public import Ethereum
internal import Files
internal import Hashing
public import Records
public import SystemPackage

/// Writes a proof file: the frames of a trace, one frame with the attestation, the seek table.
///
/// The frames hold 1 MiB of text each, cut at the last end of a line, whatever the trace's own frames were, so the same
/// lines always give the same root.
public struct ProofWriter: ~Copyable {
  /// Text in a frame, in bytes; more only where a single line is longer.
  static let frameText = 1 << 20
  private let frameText: Int
  /// Batches of frames in hand at once: what two threads compress, and what waits for them.
  private static let batches = 4

  private var writer: FrameWriter
  private let path: FilePath

  /// Writes to an open file from its current position on; the file stays the caller's to close.
  public init(_ descriptor: FileDescriptor, named path: FilePath) {
    self.init(descriptor, named: path, frameText: Self.frameText)
  }

  /// The same with frames of another size, which no proof of ours has.
  init(_ descriptor: FileDescriptor, named path: FilePath, frameText: Int) {
    writer = FrameWriter(descriptor, named: path)
    self.path = path
    self.frameText = frameText
  }

  /// Writes the frames of a trace and says what is to be signed.
  ///
  /// The trace, seekable zstd or plain lines, must have its one first and last line and its `exit`, and as many lines
  /// as it says; that each line is right is for `TraceReader` to judge.
  public mutating func add(
    trace descriptor: FileDescriptor, named path: FilePath
  ) async throws(ProofError) -> ProofTrace {
    var cutter = try TraceCutter(descriptor, named: path, frameText: frameText)
    var facts = TraceFacts()
    var leaves: [Digest32] = []
    let outcome = await withTaskGroup(of: Result<PackedBatch, ProofError>.self) {
      group -> Result<Void, ProofError> in
      do throws(ProofError) {
        var inHand = 0
        var next = 0
        var early: [Int: PackedBatch] = [:]
        var isAtEnd = false
        var index = 0
        repeat {
          if !isAtEnd, inHand < Self.batches {
            if let texts = try cutter.next() {
              let number = index
              group.addTask { packed(texts, number) }
              index += 1
              inHand += 1
            } else {
              isAtEnd = true
            }
            continue
          }
          guard let result = await group.next() else { break }
          let batch = try result.get()
          inHand -= 1
          early[batch.index] = batch
          while let batch = early.removeValue(forKey: next) {
            try write(batch, &leaves)
            facts.take(batch)
            next += 1
          }
        } while !isAtEnd || inHand > 0
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
    return try facts.proofTrace(leaves)
  }

  /// The same on this thread alone, for those who make many proofs of small traces at a time.
  public mutating func addInTurn(
    trace descriptor: FileDescriptor, named path: FilePath
  ) throws(ProofError) -> ProofTrace {
    var cutter = try TraceCutter(descriptor, named: path, frameText: frameText)
    var facts = TraceFacts()
    var leaves: [Digest32] = []
    var index = 0
    while let texts = try cutter.next() {
      let batch = try packed(texts, index).get()
      try write(batch, &leaves)
      facts.take(batch)
      index += 1
    }
    return try facts.proofTrace(leaves)
  }

  /// Ends the proof with what its node signs of the run, and gives that; throws where record and trace differ.
  public mutating func attest(
    _ record: RunRecord, _ facts: ProofTrace, signedBy signer: Signer, isSynced: Bool = true
  ) throws(Failure) -> Attestation {
    let attestation = try Attestation(record, facts, signedBy: signer)
    do throws(ProofError) {
      try finish(attestation: attestation.line, isSynced: isSynced)
    } catch {
      throw Failure(error, in: path)
    }
    return attestation
  }

  /// Writes the attestation's line as the last frame, then the seek table, and waits, where it is asked to, until all is on disk.
  public mutating func finish(
    attestation line: [UInt8], isSynced: Bool = true
  ) throws(ProofError) {
    let text = line + [UInt8(ascii: "\n")]
    let frame: [UInt8]
    do { frame = try ZstdCompressor().frame(of: text.span) } catch { throw .zstd(error) }
    try writer.write(frame, textSize: text.count)
    try writer.finish(isSynced: isSynced)
  }

  private mutating func write(
    _ batch: PackedBatch, _ leaves: inout [Digest32]
  ) throws(ProofError) {
    for frame in batch.frames {
      try writer.write(frame.bytes, textSize: frame.textSize)
      leaves.append(frame.leaf)
    }
  }
}
