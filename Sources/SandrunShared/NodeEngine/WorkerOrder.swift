public import NodeAPI
public import Records
public import SystemPackage

/// A line that the engine writes to its worker.
public enum WorkerOrder: Sendable {
  /// Run a job.
  case run(WorkerRun)
  /// End a job.
  case cancel(JobID)
  /// Answer with the same number.
  case ping(Int)

  /// The line without its newline.
  public var line: [UInt8] {
    switch self {
    case .run(let run): (["run": run.json] as JSON).bytes
    case .cancel(let id): (["cancel": .string("\(id)")] as JSON).bytes
    case .ping(let number): (["ping": .integer(number)] as JSON).bytes
    }
  }

  /// Reads a line; nil for one that no engine of this version writes.
  public init?(_ line: [UInt8]) {
    guard let member = Self.member(line) else { return nil }
    switch member.name {
    case "run":
      guard let run = WorkerRun(member.value) else { return nil }
      self = .run(run)
    case "cancel":
      guard let id = member.value.string.flatMap({ JobID($0) }) else { return nil }
      self = .cancel(id)
    case "ping":
      guard let number = member.value.integer else { return nil }
      self = .ping(number)
    default: return nil
    }
  }

  static func member(_ line: [UInt8]) -> JSONObject.Member? {
    guard let object = (try? JSON(parsing: line))?.object, object.members.count == 1 else {
      return nil
    }
    return object.members[0]
  }
}

/// A job for the worker, and where its things are.
public struct WorkerRun: Sendable {
  /// The job's name on the node.
  public var id: JobID
  /// A record with `job` and `code`.
  public var record: JSONObject
  /// The node's content, in all its generations: its code and inputs are there.
  public var content: FilePath
  /// The repository that takes its outputs.
  public var output: FilePath
  /// The folder for its trace, which is not there yet.
  public var folder: FilePath
  /// The folder for its log.
  public var log: FilePath
  /// Whether nothing of what comes of it is to be told, in the node's own messages either.
  public var isSealed = false

  /// Names a run.
  public init(
    id: JobID, record: JSONObject, content: FilePath, output: FilePath, folder: FilePath,
    log: FilePath
  ) {
    self.id = id
    self.record = record
    self.content = content
    self.output = output
    self.folder = folder
    self.log = log
  }

  var json: JSON {
    [
      "id": .string("\(id)"), "record": .object(record), "content": .string(content.string),
      "output": .string(output.string), "folder": .string(folder.string),
      "log": .string(log.string), "sealed": .bool(isSealed),
    ]
  }

  init?(_ json: JSON) {
    func path(_ name: String) -> FilePath? { json[name]?.string.map { FilePath($0) } }
    guard let id = json["id"]?.string.flatMap({ JobID($0) }),
      let record = json["record"]?.object, let content = path("content"),
      let output = path("output"), let folder = path("folder"), let log = path("log")
    else { return nil }
    self.init(
      id: id, record: record, content: content, output: output, folder: folder, log: log)
    isSealed = json["sealed"]?.boolean ?? false
  }
}
