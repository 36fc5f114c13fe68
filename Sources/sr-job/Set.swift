import ArgumentParser
import Commands
import Marketplace
import Records
import SystemPackage

/// `sr-job set`: the same job with other values; what is not named stays to the byte.
struct Set: RecordVerb {
  static let configuration = CommandConfiguration(
    abstract: "Amend the jobs of the records on stdin.",
    discussion: """
      $ sr-job new hello.py | sr-job set --timeout 1m --arg Ada
      """)

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Take back gpu, payment, outputs, args, inputs, env or env.NAME; may be repeated.",
      valueName: "member"))
  var unset: [String] = []

  @OptionGroup var job: JobOptions
  @OptionGroup var stream: StreamOptions

  private static let takenBack = ["gpu", "payment", "outputs", "args", "inputs", "env"]

  func validate() throws {
    for member in unset
    where !Self.takenBack.contains(member) && Self.variable(member).map(Job.isVariable) != true {
      throw ValidationError(
        "--unset takes one of \(Self.takenBack.joined(separator: ", ")), env.NAME")
    }
  }

  func process(_ input: Record, in world: World) async throws(Failure) -> Record {
    guard var text = try input.objectText("job"), let object = try input.object("job") else {
      throw Failure(.data, "the record has no job", hint: "make one with sr-job new")
    }
    guard !input.has("escrow") else {
      throw Failure(
        .data, "the job is posted: its payment is in escrow for the job as it is",
        hint: "make a new one with sr-job new")
    }
    let old: Job
    do { old = try Job(object) } catch { throw Failure(.data, "\(error)") }
    let new = try await amended(old, in: world)
    // By their bytes: Swift takes a composed and a decomposed letter for the same.
    let (before, after) = (old.json, new.json)
    guard before != after else { return input }
    for member in after.members where before[member.name] != member.value {
      text.set(member.name, to: member.value.bytes)
    }
    for member in before.members where after[member.name] == nil { text.remove(member.name) }
    // The packed code carries the CID of a specification that is no longer this job's.
    return input.setting("job", toText: text.bytes).removing("code")
  }

  private func amended(_ old: Job, in world: World) async throws(Failure) -> Job {
    var new = old
    for member in unset { takeBack(member, from: &new) }
    guard let origin = try job.origin() else {
      try job.apply(to: &new)
      return new
    }
    // The id may be of a stranger's choice, and sources are written down by it.
    new.id = Job.mintID()
    (new.entrypoint, new.source, new.repository) = (JobOptions.unknownEntrypoint, nil, nil)
    try job.apply(to: &new)
    let sources = try await Sources.take(origin, forJob: new.id, in: world)
    do throws(Failure) {
      try sources.complete(&new, job)
      try sources.remember(for: new, in: world)
    } catch {
      sources.discard()
      throw error
    }
    return new
  }

  private func takeBack(_ member: String, from job: inout Job) {
    switch member {
    case "gpu": job.gpu = nil
    case "payment": job.payment = nil
    case "outputs": job.outputs = []
    case "args": job.args = []
    case "inputs": job.inputs = []
    case "env": job.env = JSONObject()
    default: if let name = Self.variable(member) { job.env[name] = nil }
    }
  }

  /// The variable that `env.NAME` names.
  private static func variable(_ member: String) -> String? {
    member.hasPrefix("env.") ? String(member.dropFirst("env.".count)) : nil
  }
}
