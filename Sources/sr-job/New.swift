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

  @Argument(
    help: "Files and folders; - is a script on stdin; none reads their names from stdin.",
    completion: .file())
  var paths: [String] = []

  @OptionGroup var job: JobOptions
  @OptionGroup var stream: StreamOptions

  /// A text, a script on stdin or a repository stands for the one operand.
  var operands: [String] { standsAlone ? ["{}"] : paths }

  private var standsAlone: Bool { job.code != nil || job.repository != nil || readsScript }

  /// Only where the argument says so: a line of a list that reads `-` is no script.
  private var readsScript: Bool { paths == ["-"] }

  func validate() throws {
    guard job.code == nil && job.repository == nil || paths.isEmpty else {
      throw ValidationError("give a path, --code or --repository, one of them")
    }
    guard !paths.contains("-") || paths.count == 1 else {
      throw ValidationError("- stands for the script on stdin and goes alone")
    }
  }

  func process(_ input: Record, in world: World) async throws(Failure) -> Record {
    let id = Job.mintID()
    let origin = try origin(of: input)
    var made = try job.begin(id, in: world)
    // All that can be wrong in an option is found before anything is written or cloned.
    try job.apply(to: &made)
    let sources = try await Sources.take(origin, forJob: id, in: world)
    do throws(Failure) {
      try sources.complete(&made, job)
      try sources.remember(for: made, in: world)
    } catch {
      sources.discard()
      throw error
    }
    return input.removing("path").setting("job", to: .object(made.json))
  }

  private func origin(of input: Record) throws(Failure) -> Sources.Origin {
    guard !input.has("job") else {
      throw Failure(.data, "the record has a job already", hint: "amend it with sr-job set")
    }
    if readsScript { return .standardInput }
    if let named = try job.origin() { return named }
    guard input.has("path") else {
      throw Failure(.data, "the record names no path", hint: "give a file or folder as operand")
    }
    let path = try input.path()
    // A path that a stranger's record names is not one that the user named.
    guard input.origin != .record else {
      throw Failure(
        .data, "a record's path makes no job", hint: "name files as arguments, or one a line")
    }
    guard path != "-" else {
      throw Failure(
        .data, "- is a script on stdin only as the one argument",
        hint: "write ./- for a file of that name")
    }
    return .path(path)
  }
}
