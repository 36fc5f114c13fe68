internal import Envelopes
internal import Ethereum
internal import Hashing
public import Records
public import SystemPackage

/// What a proof file holds, for people and scripts to look at; it says nothing of whether any of it is true.
public struct ProofSummary: Sendable {
  /// `{"size","lines","leaves","traceRoot","signedBy","statement","start","exit"}`.
  public let json: JSON

  /// Reads a whole open file, which stays the caller's to close.
  public init(
    _ descriptor: FileDescriptor, named path: FilePath, limits: FrameLimits = FrameLimits()
  ) throws(ProofError) {
    let survey = try ProofSurvey(descriptor, named: path, limits: limits)
    var reader = try TraceReader(descriptor, named: path, of: survey, limits: limits)
    var start = JSON.null
    var exit = JSON.null
    while let event = try reader.next() {
      switch event.kind {
      case .start: start = event.json
      case .exit: exit = event.json
      default: break
      }
    }
    let envelope: Envelope
    let statement: JSON
    do throws(AttestationError) {
      envelope = try Envelope(attested: survey.attestation["envelope"])
      do throws(JSONError) {
        statement = try JSON(parsing: envelope.payload)
      } catch { throw .malformed(error) }
    } catch {
      throw .attestation(error)
    }
    json = [
      "size": .integer(survey.size), "lines": .integer(reader.summary.count),
      "leaves": .integer(survey.leaves.count), "traceRoot": .string(survey.root.description),
      "signedBy": envelope.signer.map { .string($0.description) } ?? .null,
      "statement": statement, "start": start, "exit": exit,
    ]
  }
}
