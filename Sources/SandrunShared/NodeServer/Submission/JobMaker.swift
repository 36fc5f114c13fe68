internal import HTTPTypes
internal import IPFS
internal import Marketplace
internal import Records

/// Makes a job of a manifest and a folder.
struct JobMaker: Sendable {
  let environments: [JSONObject]

  /// What holds where the manifest says nothing.
  static let defaultTimeout = 600
  static let defaultMemory = 1 << 30

  /// The job; throws naming the member that is wrong.
  func job(_ manifest: Manifest, in folder: JobFolder, script: String?) throws -> Job {
    let template = try manifest.template.map { try environment($0) }
    let entrypoint = try manifest.entrypoint ?? script ?? folder.entrypoint()
    let head = try folder.head(of: entrypoint)
    guard let alone = Quorum("none") else { throw RequestError.inside }
    var job = Job(
      id: Job.mintID(), entrypoint: entrypoint, memory: manifest.memory ?? Self.defaultMemory,
      timeout: manifest.timeout ?? Self.defaultTimeout, consensus: alone)
    job.args = manifest.args
    job.env = manifest.variables
    job.outputs = manifest.outputs
    job.gpu = manifest.gpu
    if let name = manifest.interpreter ?? template?["interpreter"]?.string {
      job.interpreter = name
    } else {
      switch Interpreter.find(name: entrypoint, head: head) {
      case .program(let program): job.interpreter = program
      case .itself: job.interpreter = nil
      case .unknown:
        throw Manifest.wrong("interpreter", "is missing: nothing else tells what runs the file")
      }
    }
    do throws(JobError) { try job.check() } catch {
      throw RequestError(.badRequest, "the job is refused", details: "\(error)")
    }
    return job
  }

  private func environment(_ name: String) throws -> JSONObject {
    guard
      let found = environments.first(where: {
        $0["name"]?.string.map { $0.utf8.elementsEqual(name.utf8) } ?? false
      })
    else {
      throw Manifest.wrong("environment", "is none of this node's: see /environments")
    }
    return found
  }
}
