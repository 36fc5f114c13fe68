public import Records

/// Why a line is no attestation of a run.
public enum AttestationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file has no frame with an attestation behind those of the trace.
  case missing
  /// The line is not JSON.
  case malformed(JSONError)
  /// The envelope or statement has no such member, or one of another kind or form.
  case badMember(String)
  /// The envelope holds a payload of another type.
  case unknownPayload(String)
  /// The statement is of another type, or its predicate is.
  case unknownStatement(String)

  /// `the attestation has no valid "payload"`.
  public var description: String {
    switch self {
    case .missing: "no attestation behind the trace"
    case .malformed(let error): "the attestation is malformed: \(error)"
    case .badMember(let name): "the attestation has no valid \"\(name)\""
    case .unknownPayload(let type): "a payload of type \(JSON.string(type).text)"
    case .unknownStatement(let type): "a statement of type \(JSON.string(type).text)"
    }
  }
}
