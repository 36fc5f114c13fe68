internal import Hashing
public import Records

extension TraceEvent {
  /// The version of the format that `start` names.
  static let version = 1

  /// The line as a record.
  public var record: Record { Record(json.object ?? [:]) }

  /// The line's object; every type begins with `type`, `seq` and `at`.
  var json: JSON {
    var object: JSONObject = [
      "type": .string(type), "seq": .integer(sequence), "at": .number(JSONNumber(time)),
    ]
    switch kind {
    case .start(let start): Self.add(start, to: &object)
    case .chunk(let chunk):
      object["offset"] = .integer(chunk.offset)
      object["length"] = .integer(chunk.length)
      object["sha256"] = .string(Hex.digits(chunk.sha256.bytes))
    case .sample(let sample):
      object["cpuSeconds"] = .number(JSONNumber(sample.cpuTime))
      object["memory"] = .integer(sample.memory)
      object["processes"] = .integer(sample.processes)
    case .exit(let exit): Self.add(exit, to: &object)
    case .output(let output):
      object["path"] = .string(output.path)
      object["size"] = .integer(output.size)
      object["sha256"] = .string(Hex.digits(output.sha256.bytes))
      object["cid"] = .string(output.cid)
    case .end(let end):
      object["count"] = .integer(end.count)
      object["outputs"] = end.outputs.map { .string($0) }
    }
    return .object(object)
  }

  /// The value of `type`.
  var type: String {
    switch kind {
    case .start: "start"
    case .chunk(let chunk): chunk.stream.rawValue
    case .sample: "sample"
    case .exit: "exit"
    case .output: "output"
    case .end: "end"
    }
  }

  private static func add(_ start: TraceStart, to object: inout JSONObject) {
    object["version"] = .integer(version)
    object["time"] = .string(start.date.description)
    object["argv"] = .array(start.argv.map { .string($0) })
    object["environment"] = .array(start.environment.map { .string($0) })
    object["limits"] = .object(
      JSONObject(start.limits.map { .init(name: $0.name, value: .integer($0.value)) }))
    object["sandbox"] = .string(start.sandbox)
    object["code"] = .string(start.code)
    object["specification"] = .string(start.specification)
  }

  private static func add(_ exit: TraceExit, to object: inout JSONObject) {
    object["status"] = .string(exit.status)
    object["reason"] = exit.reason.map { .string($0) }
    object["exitCode"] = exit.exitCode.map { .integer($0) }
    object["signal"] = exit.signal.map { .integer($0) }
    object["usage"] = exit.usage.json
    object["logs"] = ["stdout": json(exit.stdout), "stderr": json(exit.stderr)]
  }

  private static func json(_ log: TraceLog) -> JSON {
    [
      "size": .integer(log.size), "sha256": .string(Hex.digits(log.sha256.bytes)),
      "truncated": .bool(log.isTruncated),
    ]
  }
}

extension TraceUsage {
  /// `{"cpuSeconds","wallSeconds","memoryPeak"}`.
  public var json: JSON {
    var object: JSONObject = [
      "cpuSeconds": .number(JSONNumber(cpuTime)), "wallSeconds": .number(JSONNumber(wallTime)),
    ]
    object["memoryPeak"] = memoryPeak.map { .integer($0) }
    return .object(object)
  }
}
