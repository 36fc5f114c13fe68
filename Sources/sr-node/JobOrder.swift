import IPFS
import Marketplace
import Records
import Sandbox

#if canImport(Glibc)
  import Glibc
#endif

/// What `exec` takes from a record, checked: a job, and the CIDs of its code and specification.
struct JobOrder: Sendable {
  let job: Job
  let code: CID
  let specification: CID
  let inputs: [(cid: CID, name: String)]

  init(_ record: Record) throws(Failure) {
    guard let object = try record.object("job") else {
      throw Failure(.data, "the record has no 'job'", hint: "make one with 'sr-job new'")
    }
    let bytes: Specification
    do throws(JobError) { job = try Job(object) } catch { throw Failure(.data, "\(error)") }
    do throws(CanonicalError) { bytes = try Specification(of: object) } catch {
      throw Failure(.data, "malformed 'job': \(error)")
    }
    specification = CID(bytes.digest, codec: .raw)
    guard let code = try record.object("code") else {
      throw Failure(
        .data, "the record has no 'code'",
        hint: "add it with 'sr-ipfs add'; exec runs code by its CID only")
    }
    self.code = try Self.cid(code["cid"], "code.cid")
    if code["spec"] != nil {
      let named = try Self.cid(code["spec"], "code.spec")
      guard named.v1 == specification else {
        throw Failure(
          .data, "'code.spec' is \(named), and the job's specification is \(specification)",
          code: "stale-specification",
          hint: "the job was changed after 'sr-ipfs add'; remove 'code' and add it again")
      }
    }
    var inputs: [(cid: CID, name: String)] = []
    for (index, input) in job.inputs.enumerated() {
      inputs.append((try Self.cid(.string(input.cid), "job.inputs[\(index)].cid"), input.name))
    }
    self.inputs = inputs
    try checkGPUs()
    try checkMemory()
  }

  /// A limit beyond what there is would be none: files in memory and outputs are bounded by it too.
  private func checkMemory() throws(Failure) {
    let there = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    guard there <= 0 || job.memory <= there else {
      throw Failure(
        .unavailable,
        "the job may use \(ByteSize.shown(job.memory)), and this machine has \(ByteSize.shown(there))",
        code: "no-memory", hint: "run it on a larger node, or lower --memory with 'sr-job set'",
        isRetryable: false)
    }
  }

  private static func cid(_ json: JSON?, _ member: String) throws(Failure) -> CID {
    guard let cid = json?.string.flatMap({ try? CID(parsing: $0) }) else {
      throw Failure(.data, "'\(member)' is no CID")
    }
    return cid
  }

  private func checkGPUs() throws(Failure) {
    guard let wanted = job.gpu else { return }
    let count = GPUDevices.count
    guard count >= wanted.count else {
      let held = count == 0 ? "this machine has none" : "this machine has \(count)"
      throw Failure(
        .unavailable, "the job asks for GPUs (\(wanted)), and \(held)", code: "no-gpu",
        hint: "run it on a node that has them; 'sr-node describe' tells")
    }
  }

  /// What holds the job on this machine.
  ///
  /// Its files lie in memory, and so count as memory: half of it may be files.
  var limits: Limits {
    Limits(
      memory: job.memory, fileSize: job.memory / 2, disk: job.memory / 2,
      wallSeconds: Double(job.timeout))
  }

  /// The words that start it in its working directory.
  var arguments: [String] {
    guard let interpreter = job.interpreter else { return ["./\(job.entrypoint)"] + job.args }
    return [interpreter, job.entrypoint] + job.args
  }

  /// The files that are its outputs; `@stdout` alone stands for no file of the working directory.
  var patterns: [Glob] {
    let globs = job.outputs.filter { $0 != Job.standardOutput }
    return job.outputs.isEmpty || !globs.isEmpty ? globs.map { Glob($0) } : [Glob("")]
  }

  var keepsStandardOutput: Bool { job.outputs.contains(Job.standardOutput) }
}
