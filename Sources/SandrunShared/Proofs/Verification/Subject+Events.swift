internal import Hashing
internal import IPFS
internal import Records
internal import SystemPackage

extension Subject {
  /// Opens the trace: `format` says whether its frames open within the limits, `events` whether its lines are a
  /// complete trace that agrees with the statement and with the record's result.
  func readTrace(
    _ descriptor: FileDescriptor, named path: FilePath
  ) -> (format: Check, events: Check) {
    do throws(ProofError) {
      var reader = try TraceReader(
        descriptor, named: path, of: survey, limits: verification.limits)
      var outputs = expectedOutputs()
      var strange: String?
      while let event = try reader.next() {
        guard case .output(let output) = event.kind, outputs != nil else { continue }
        if outputs?.removeValue(forKey: output.path) != Self.facts(output) {
          strange = strange ?? output.path
        }
      }
      let format = Check(.format, .passed)
      if let path = strange ?? outputs?.keys.min() {
        let reason = "the trace and the record's result differ on \(JSON.string(path))"
        return (format, Check(.events, .failed, reason))
      }
      if let reason = difference(from: reader.summary) {
        return (format, Check(.events, .failed, reason))
      }
      let reason = verification.isOfAnotherRun ? "the record's logs are of another node's run" : nil
      return (format, Check(.events, .passed, reason))
    } catch {
      switch error {
      case .trace(let error): return (Check(.format, .passed), Check(.events, .failed, "\(error)"))
      default:
        let events = Check(.events, .missing, "the trace cannot be read")
        return (Check(.format, .failed, "\(error)"), events)
      }
    }
  }

  private func difference(from summary: TraceSummary) -> String? {
    guard let start = summary.start, let exit = summary.exit, let end = summary.end else {
      return "the trace is incomplete"
    }
    if !Self.same(start.code, statement.code) { return "the trace is of other code" }
    if !Self.same(start.specification, statement.specification) {
      return "the trace is of another specification"
    }
    if let outputs = end.outputs {
      if !Self.same(outputs, statement.outputs) { return "the trace has other outputs" }
    } else if statement.outputs != nil {
      return "the trace has no outputs"
    }
    if RunExit(exit) != statement.exit { return "the trace has another exit" }
    if exit.usage != statement.usage { return "the trace has another usage" }
    // Two runs of one job agree on their outputs; what they print may differ.
    guard !verification.isOfAnotherRun, let logs = record.result?["logs"] else { return nil }
    for (name, log) in [("stdout", exit.stdout), ("stderr", exit.stderr)] {
      guard let told = logs[name], told != .null else { continue }
      let digest = told["sha256"]?.string.flatMap(Self.digest)
      guard told["size"]?.integer == log.size, digest == log.sha256,
        (told["truncated"]?.boolean ?? false) == log.isTruncated
      else { return "the trace and the record's result differ on \(name)" }
    }
    return nil
  }

  /// What the record's result says of each output, by path; nil where it lists none to compare.
  private func expectedOutputs() -> [String: [String]]? {
    guard !isOfAnotherResult, let files = record.result?["outputs"]?["files"]?.elements
    else { return nil }
    var expected: [String: [String]] = [:]
    for file in files {
      let path = file["path"]?.string ?? ""
      let digest = file["sha256"]?.string.flatMap(Self.digest)?.description ?? ""
      // A path told twice has two readings: neither is taken.
      expected[path] =
        expected[path] != nil
        ? ["twice"] : ["\(file["size"]?.integer ?? -1)", digest, file["cid"]?.string ?? ""]
    }
    return expected
  }

  private static func facts(_ output: TraceOutput) -> [String] {
    ["\(output.size)", output.sha256.description, output.cid]
  }

  /// A SHA-256 as `sha256sum` prints it, or behind `0x`.
  static func digest(_ text: String) -> Digest32? {
    try? Digest32(hex: text.hasPrefix("0x") ? text : "0x" + text)
  }

  private static func same(_ text: String, _ cid: CID?) -> Bool {
    (try? CID(parsing: text))?.v1 == cid?.v1 && cid != nil
  }
}
