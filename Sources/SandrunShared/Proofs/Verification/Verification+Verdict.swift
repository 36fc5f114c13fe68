public import Records

extension Verification {
  /// The record with `verdict`: each proof of it judged; what did not pass is told.
  public func judged(
    _ input: Record, at location: ProofLocation, telling note: (String) -> Void
  ) throws(Failure) -> Record {
    var results: [JSON] = []
    var isOK = true
    let entries = try input.proofs()
    let judged = checks(of: entries, at: location)
    for (index, entry) in entries.enumerated() {
      for check in judged[index] {
        results.append(check.json(proof: index, node: entry.node))
        isOK = isOK && check.status == .passed
        if check.status != .passed {
          let reason = check.reason.map { ": \($0)" } ?? ""
          note("proof \(index): \(check.name) \(check.status)\(reason)")
        }
      }
    }
    if results.isEmpty {
      isOK = false
      // A GPU's is no proof of a job.
      let hint = input.has("attestation") ? "; its attestation is for sr-gpu attest --verify" : ""
      let reason = "the record has no proofs\(hint)"
      results = [Check(.format, .missing, reason).json(proof: 0)]
      note(reason)
    }
    return input.setting("verdict", to: ["ok": .bool(isOK), "checks": .array(results)])
  }
}

extension Record {
  /// What `verdict` says: 1 where a check failed, 66 where none did but one is missing.
  public var verdictStatus: Failure.Status {
    guard let verdict = (try? self["verdict"]) ?? nil, verdict["ok"] != true else { return .done }
    let failed = verdict["checks"]?.elements?.contains { $0["status"] == "failed" } ?? true
    return failed ? .answerNo : .missingInput
  }
}
