import Records

extension Job {
  /// The longest time limit: 30 days.
  public static let timeoutLimit = 30 * 86_400
  /// The least memory that an interpreter starts in: 4 MiB.
  public static let memoryFloor = 4 << 20

  /// Throws for the first value that no job may have.
  public func check() throws(JobError) {
    guard id.utf8.count == 32, id.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }) else {
      throw JobError("job.id", "is \(quoted(id)), not 32 lower-case hex digits")
    }
    try Self.checkPath(entrypoint, "job.entrypoint")
    if let interpreter { try Self.checkInterpreter(interpreter) }
    for (index, argument) in args.enumerated() {
      try Self.checkText(argument, "job.args[\(index)]")
    }
    for member in env.members {
      guard Self.isVariable(member.name) else {
        throw JobError("job.env", "has \(quoted(member.name)), which is no variable's name")
      }
      guard let value = member.value.string else {
        throw JobError("job.env.\(member.name)", "is \(member.value.kind), not a string")
      }
      try Self.checkText(value, "job.env.\(member.name)")
    }
    try checkInputs()
    guard (1...Self.timeoutLimit).contains(timeout) else {
      throw JobError("job.timeout", "is \(timeout), not 1 to \(Self.timeoutLimit) seconds")
    }
    guard (Self.memoryFloor..<1 << 53).contains(memory) else {
      throw JobError("job.memory", "is \(memory) bytes, not \(Self.memoryFloor) (4 MiB) or more")
    }
    for (index, glob) in outputs.enumerated() where glob != Self.standardOutput {
      try Self.checkPath(glob, "job.outputs[\(index)]")
    }
    guard !network || consensus.agreeing == 1 else {
      throw JobError(
        "job.network", "is true, but nodes cannot agree (\(consensus)) on what the net says")
    }
  }

  /// The glob that stands for what the job writes to its standard output.
  public static let standardOutput = "@stdout"

  private func checkInputs() throws(JobError) {
    var names: Set<String> = [entrypoint]
    for (index, input) in inputs.enumerated() {
      try Self.checkPath(input.name, "job.inputs[\(index)].name")
      guard !input.cid.isEmpty else { throw JobError("job.inputs[\(index)].cid", "is empty") }
      guard names.insert(input.name).inserted else {
        throw JobError("job.inputs[\(index)].name", "is \(quoted(input.name)), which is taken")
      }
    }
  }

  /// A path that stays where it starts: relative, no `..`, no empty part, nothing that reads as an option.
  static func checkPath(_ path: String, _ member: String) throws(JobError) {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && !part.contains(0)
    }
    guard isPlain, path.utf8.first != UInt8(ascii: "-"), path.utf8.count < 4096 else {
      throw JobError(member, "is \(quoted(path)), not a path inside the job's folder")
    }
  }

  private static func checkInterpreter(_ name: String) throws(JobError) {
    let isPlain = name.utf8.allSatisfy { byte in
      (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "._+-/".utf8.contains(byte)
    }
    let isName = !name.utf8.contains(UInt8(ascii: "/"))
    guard isPlain, !name.isEmpty, name.utf8.first != UInt8(ascii: "-"),
      isName || name.hasPrefix("/"), !name.contains("..")
    else {
      throw JobError("job.interpreter", "is \(quoted(name)), not a program's name or absolute path")
    }
  }

  private static func checkText(_ text: String, _ member: String) throws(JobError) {
    guard !text.utf8.contains(0) else { throw JobError(member, "holds a NUL") }
  }

  static func isVariable(_ name: String) -> Bool {
    let isLetter = { (byte: UInt8) in (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") }
    return name.utf8.first.map(isLetter) == true
      && name.utf8.allSatisfy { isLetter($0) || $0 &- 0x30 < 10 }
  }
}

private func quoted(_ text: String) -> String { JSON.string(text).text }
