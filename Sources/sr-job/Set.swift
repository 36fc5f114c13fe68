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

  @OptionGroup var job: JobOptions
  @OptionGroup var stream: StreamOptions

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
    guard new != old else { return input }
    let (before, after) = (old.json, new.json)
    for member in after.members where before[member.name] != member.value {
      text.set(member.name, to: member.value.bytes)
    }
    for member in before.members where after[member.name] == nil { text.remove(member.name) }
    // The packed code carries the CID of a specification that is no longer this job's.
    return input.setting("job", toText: text.bytes).removing("code")
  }

  private func amended(_ old: Job, in world: World) async throws(Failure) -> Job {
    var new = old
    var sources: Sources?
    if job.code != nil || job.repository != nil {
      let found = try await Sources.find(job, path: nil, forJob: old.id, in: world)
      if let named = job.entrypoint {
        new.entrypoint = named
      } else {
        new.entrypoint = try found.entrypoint()
      }
      if job.interpreter == nil { new.interpreter = try found.interpreter(of: new.entrypoint) }
      new.source = found.path.string
      new.repository = found.repository
      sources = found
    }
    try job.apply(to: &new)
    try sources?.requireFile(new.entrypoint)
    try sources?.remember(for: new, in: world)
    return new
  }
}
