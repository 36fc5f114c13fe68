import ArgumentParser
import Commands
import Files
import Marketplace
import Records
import SystemPackage

/// `sr-job new`: a job record from a script.
struct New: RecordVerb {
  static let configuration = CommandConfiguration(
    abstract: "Make a job record from a file, a folder, a text or a repository.",
    discussion: """
      $ sr-job new train.py --gpu cuda:24GB --payment 0.1ETH --consensus 2-of-3
      $ echo 'print(6 * 7)' | sr-job new - --interpreter python3
      """)
  static let operandMember: String? = "path"

  @Argument(help: "Files and folders; - is a script on stdin; none reads their names from stdin.")
  var paths: [String] = []

  @OptionGroup var job: JobOptions
  @OptionGroup var stream: StreamOptions

  /// A text or a repository stands for the one operand.
  var operands: [String] { job.code != nil || job.repository != nil ? ["{}"] : paths }

  func validate() throws {
    guard operands == paths || paths.isEmpty else {
      throw ValidationError("give a path, --code or --repository, one of them")
    }
    guard !paths.contains("-") || paths.count == 1 else {
      throw ValidationError("- stands for the script on stdin and goes alone")
    }
  }

  func process(_ input: Record, in world: World) async throws(Failure) -> Record {
    guard !input.has("job") else {
      throw Failure(.data, "the record has a job already", hint: "amend it with sr-job set")
    }
    let path = input.has("path") ? try input.operand("path") : nil
    let id = Job.mintID()
    let sources = try await Sources.find(job, path: path, forJob: id, in: world)
    let made = try complete(sources, id: id, in: world)
    try sources.remember(for: made, in: world)
    return input.removing("path").setting("job", to: .object(made.json))
  }

  private func complete(
    _ sources: Sources, id: String, in world: World
  ) throws(Failure) -> Job {
    let timeout = try job.seconds(try world.setting(.timeout, flag: job.timeout) ?? "")
    let quorum = try job.quorum(try world.setting(.consensus, flag: job.consensus) ?? "")
    let entrypoint: String
    if let named = job.entrypoint {
      entrypoint = named
    } else {
      entrypoint = try sources.entrypoint()
    }
    var made = Job(
      id: id, entrypoint: entrypoint, memory: 0, timeout: timeout, consensus: quorum)
    var options = job
    options.memory = try world.setting(.memory, flag: job.memory)
    made.source = sources.path.string
    made.repository = sources.repository
    if options.interpreter == nil { made.interpreter = try sources.interpreter(of: entrypoint) }
    try options.apply(to: &made)
    try sources.requireFile(entrypoint)
    return made
  }
}
