internal import Records

extension TraceEvent {
  /// Reads one line, without its newline: every member that its type has, and no other.
  init(parsing line: Span<UInt8>) throws(TraceErrorReason) {
    let json: JSON
    do { json = try JSON(parsing: line) } catch { throw .init(.malformed(error)) }
    var members = try TraceMembers(json, named: "type")
    let type = try members.string("type")
    sequence = try members.count("seq")
    time = try members.seconds("at")
    kind =
      switch type {
      case "start": .start(try TraceStart(&members))
      case "stdout": .chunk(try TraceChunk(.stdout, &members))
      case "stderr": .chunk(try TraceChunk(.stderr, &members))
      case "sample": .sample(try TraceSample(&members))
      case "exit": .exit(try TraceExit(&members))
      case "output": .output(try TraceOutput(&members))
      case "end": .end(try TraceEnd(&members))
      default: throw .init(.unknownType(type))
      }
    try members.finish()
  }
}

extension TraceStart {
  fileprivate init(_ members: inout TraceMembers) throws(TraceErrorReason) {
    let version = try members.count("version")
    guard version == TraceEvent.version else { throw .init(.unknownVersion(version)) }
    let text = try members.string("time")
    guard let date = try? Timestamp(text) else { throw .init(.badMember("time")) }
    self.date = date
    argv = try members.strings("argv")
    environment = try members.strings("environment")
    guard let object = try members.json("limits").object else { throw .init(.badMember("limits")) }
    limits = []
    for member in object.members {
      guard let value = member.value.integer, value >= 0 else { throw .init(.badMember("limits")) }
      limits.append((member.name, value))
    }
    sandbox = try members.string("sandbox")
    code = try members.string("code")
    specification = try members.string("specification")
  }
}

extension TraceChunk {
  fileprivate init(_ stream: TraceStream, _ members: inout TraceMembers) throws(TraceErrorReason) {
    self.stream = stream
    offset = try members.count("offset")
    length = try members.count("length")
    guard length > 0 else { throw .init(.badMember("length")) }
    sha256 = try members.digest("sha256")
  }
}

extension TraceSample {
  fileprivate init(_ members: inout TraceMembers) throws(TraceErrorReason) {
    cpuTime = try members.seconds("cpuSeconds")
    memory = try members.count("memory")
    processes = try members.count("processes")
  }
}

extension TraceExit {
  fileprivate init(_ members: inout TraceMembers) throws(TraceErrorReason) {
    status = try members.string("status")
    guard ["completed", "failed", "cancelled"].contains(status) else {
      throw .init(.badMember("status"))
    }
    reason = members.has("reason") ? try members.string("reason") : nil
    exitCode = members.has("exitCode") ? try members.count("exitCode") : nil
    signal = members.has("signal") ? try members.count("signal") : nil
    guard exitCode.map({ $0 <= 255 }) ?? (signal != nil || reason != nil) else {
      throw .init(.badMember("exitCode"))
    }
    usage = try TraceUsage(try members.json("usage"))
    var logs = try TraceMembers(try members.json("logs"), named: "logs")
    stdout = try TraceLog(try logs.json("stdout"), named: "stdout")
    stderr = try TraceLog(try logs.json("stderr"), named: "stderr")
    try logs.finish()
  }
}

extension TraceUsage {
  /// Reads `{"cpuSeconds","wallSeconds","memoryPeak"}`.
  init(_ json: JSON) throws(TraceErrorReason) {
    var members = try TraceMembers(json, named: "usage")
    cpuTime = try members.seconds("cpuSeconds")
    wallTime = try members.seconds("wallSeconds")
    memoryPeak = members.has("memoryPeak") ? try members.count("memoryPeak") : nil
    try members.finish()
  }
}

extension TraceLog {
  fileprivate init(_ json: JSON, named name: String) throws(TraceErrorReason) {
    var members = try TraceMembers(json, named: name)
    size = try members.count("size")
    sha256 = try members.digest("sha256")
    isTruncated = try members.boolean("truncated")
    try members.finish()
  }
}

extension TraceOutput {
  fileprivate init(_ members: inout TraceMembers) throws(TraceErrorReason) {
    path = try members.string("path")
    size = try members.count("size")
    sha256 = try members.digest("sha256")
    cid = try members.string("cid")
  }
}

extension TraceEnd {
  fileprivate init(_ members: inout TraceMembers) throws(TraceErrorReason) {
    count = try members.count("count")
    outputs = members.has("outputs") ? try members.string("outputs") : nil
  }
}
