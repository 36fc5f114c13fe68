import Hashing
import Proofs
import Records
import Sandbox
import SystemPackage

/// How a job ended, in the words of `result` and of the trace.
struct Ending: Sendable {
  private(set) var status: String
  private(set) var reason: String?
  let exitCode: Int?
  let signal: Int?
  let usage: TraceUsage
  /// The streams that were cut.
  let cut: Set<TraceStream>

  init(_ outcome: Outcome) {
    exitCode = outcome.exitStatus
    signal = outcome.signal
    reason = outcome.limit?.rawValue ?? (outcome.signal == nil ? nil : "signal")
    status = outcome.exitStatus == 0 && reason == nil ? "completed" : "failed"
    cut = Set(outcome.cutStreams.map { $0 == .stdout ? .stdout : .stderr })
    usage = TraceUsage(
      cpuTime: .microseconds(Int(outcome.usage.cpuSeconds * 1e6)),
      wallTime: .microseconds(Int(outcome.usage.wallSeconds * 1e6)),
      memoryPeak: outcome.usage.memoryPeak)
  }

  /// Makes it a failure for another reason, where it had none.
  mutating func refuse(_ limit: Limit) {
    status = "failed"
    reason = reason ?? limit.rawValue
  }

  /// The member `result`.
  func result(outputs: JobOutputs, logs: JSON, trace: FilePath) -> JSONObject {
    var object: JSONObject = ["status": .string(status)]
    object["reason"] = reason.map { .string($0) }
    object["exitCode"] = exitCode.map { .integer($0) }
    object["signal"] = signal.map { .integer($0) }
    object["outputs"] = outputs.json
    object["logs"] = logs
    object["usage"] = [
      "cpuSeconds": .number(JSONNumber(usage.cpuTime)),
      "wallSeconds": .number(JSONNumber(usage.wallTime)),
      "memoryPeak": usage.memoryPeak.map { .integer($0) } ?? .null,
    ]
    object["executionTime"] = .number(JSONNumber(usage.wallTime))
    object["cost"] = .null
    object["trace"] = .string(trace.string)
    return object
  }
}
