import IPFS

// What lies beside a job's files, and what is taken of them.

extension Job {
  /// The glob that stands for what the job writes to its standard output.
  public static let standardOutput = "@stdout"

  func checkInputs() throws(JobError) {
    guard inputs.count <= Self.listLimit else {
      throw JobError("job.inputs", "has \(inputs.count) elements, more than \(Self.listLimit)")
    }
    for (index, input) in inputs.enumerated() {
      try Self.checkPath(input.name, "job.inputs[\(index)].name")
      do throws(CIDError) {
        _ = try CID(parsing: input.cid)
      } catch {
        throw JobError("job.inputs[\(index)].cid", "is no CID: \(error)")
      }
    }
    try checkNames()
  }

  /// No input may lie where another does or where the entrypoint does, nor in one of them as in a folder.
  private func checkNames() throws(JobError) {
    var names = inputs.enumerated().map { (place: $0, path: Self.sortable($1.name)) }
    names.append((-1, Self.sortable(entrypoint)))
    names.sort { $0.path.lexicographicallyPrecedes($1.path) }
    for (one, next) in zip(names, names.dropFirst()) where next.path.starts(with: one.path) {
      guard next.path.count == one.path.count || next.path[one.path.count] == 0 else { continue }
      let index = max(one.place, next.place)
      let other = min(one.place, next.place)
      throw JobError(
        "job.inputs[\(index)].name",
        "is \(quoted(inputs[index].name)), which is taken by "
          + (other < 0 ? "job.entrypoint" : "job.inputs[\(other)]"))
    }
  }

  /// A path's bytes with 0 for `/`, so that what lies in a folder sorts right behind the folder.
  private static func sortable(_ path: String) -> [UInt8] {
    path.utf8.map { $0 == UInt8(ascii: "/") ? 0 : $0 }
  }

  func checkOutputs() throws(JobError) {
    guard outputs.count <= Self.listLimit else {
      throw JobError("job.outputs", "has \(outputs.count) elements, more than \(Self.listLimit)")
    }
    for (index, glob) in outputs.enumerated() where glob != Self.standardOutput {
      let member = "job.outputs[\(index)]"
      try Self.checkPath(glob, member)
      guard glob.utf8.first != UInt8(ascii: "@") else {
        throw JobError(member, "is \(quoted(glob)): @stdout is the only name that begins with @")
      }
      guard Self.closesBrackets(glob) else {
        throw JobError(member, "is \(quoted(glob)), where a [ has no ]")
      }
    }
  }

  /// Whether each set of a glob ends: `[`, perhaps `!`, at least one byte, `]`; a backslash quotes what follows it.
  private static func closesBrackets(_ glob: String) -> Bool {
    var rest = Array(glob.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
      guard byte == UInt8(ascii: "[") else { continue }
      if rest.first == UInt8(ascii: "!") { rest.removeFirst() }
      guard let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) else { return false }
      rest = rest[(end + 1)...]
    }
    return true
  }
}
