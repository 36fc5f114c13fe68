import Records

extension Job {
  /// The longest time limit: 30 days.
  public static let timeoutLimit = 30 * 86_400
  /// The least memory that an interpreter starts in: 4 MiB.
  public static let memoryFloor = 4 << 20
  /// The most memory: what a canonical specification can hold, 2^53-1 bytes.
  public static let memoryLimit = 1 << 53 - 1
  /// The longest argument or variable, in bytes; Linux starts no program with one of 128 KiB.
  public static let argumentLimit = 96 << 10
  /// The most bytes in all arguments and variables, with nine for each one's end and place; Linux takes 2 MiB.
  public static let argumentsLimit = 1 << 20
  /// The most arguments; the sandbox is started with them, and takes 9000 words in all.
  public static let argumentCountLimit = 4096
  /// The most environment variables, each three words of those.
  public static let variableLimit = 512
  /// The most inputs, and the most globs.
  public static let listLimit = 1024

  /// Throws for the first value that no job may have.
  public func check() throws(JobError) {
    guard id.utf8.count == 32, Self.isHex(id) else {
      throw JobError("job.id", "is \(quoted(id)), not 32 lower-case hex digits")
    }
    if let source, !source.hasPrefix("/") || source.utf8.contains(0) {
      throw JobError("job.source", "is \(quoted(source)), not an absolute path")
    }
    try Self.checkPath(entrypoint, "job.entrypoint")
    if let interpreter { try Self.checkInterpreter(interpreter) }
    try checkArguments()
    try checkInputs()
    guard (1...Self.timeoutLimit).contains(timeout) else {
      throw JobError("job.timeout", "is \(timeout), not 1 to \(Self.timeoutLimit) seconds")
    }
    guard (Self.memoryFloor...Self.memoryLimit).contains(memory) else {
      throw JobError(
        "job.memory",
        "is \(memory) bytes, not \(Self.memoryFloor) (4 MiB) to \(Self.memoryLimit) (8 PiB)")
    }
    try checkOutputs()
    if let repository { try repository.check() }
    guard !network || consensus.agreeing == 1 else {
      throw JobError(
        "job.network", "is true, but nodes cannot agree (\(consensus)) on what the net says")
    }
  }

  // MARK: Arguments and variables

  /// What `exec` sets alike on every node, so that honest nodes can agree.
  public static let fixedVariables = [
    "PATH", "HOME", "TMPDIR", "USER", "LOGNAME", "LC_ALL", "TZ", "PYTHONHASHSEED",
    "PYTHONDONTWRITEBYTECODE",
  ]

  private func checkArguments() throws(JobError) {
    guard args.count <= Self.argumentCountLimit else {
      throw JobError("job.args", "has more than \(Self.argumentCountLimit) arguments")
    }
    guard env.members.count <= Self.variableLimit else {
      throw JobError("job.env", "has more than \(Self.variableLimit) variables")
    }
    var total = 0
    for (index, argument) in args.enumerated() {
      total += try Self.size(of: argument, "job.args[\(index)]")
    }
    for member in env.members {
      guard Self.isVariable(member.name) else {
        throw JobError("job.env", "has \(quoted(member.name)), which is no variable's name")
      }
      guard !Self.fixedVariables.contains(member.name) else {
        throw JobError("job.env", "sets \(member.name), which is fixed for every job")
      }
      guard let value = member.value.string else {
        throw JobError("job.env.\(member.name)", "is \(member.value.kind), not a string")
      }
      total += try Self.size(of: "\(member.name)=\(value)", "job.env.\(member.name)")
    }
    guard total <= Self.argumentsLimit else {
      throw JobError("job", "has more than \(Self.argumentsLimit >> 10) KiB of args and env")
    }
  }

  private static func size(of text: String, _ member: String) throws(JobError) -> Int {
    guard !text.utf8.contains(0) else { throw JobError(member, "holds a NUL") }
    guard text.utf8.count <= argumentLimit else {
      throw JobError(member, "is longer than \(argumentLimit >> 10) KiB")
    }
    return text.utf8.count + 9
  }

  /// Whether a text is the name of an environment variable: a letter or `_`, then letters, digits and `_`.
  public static func isVariable(_ name: String) -> Bool {
    let isLetter = { (byte: UInt8) in (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") }
    return name.utf8.first.map(isLetter) == true
      && name.utf8.allSatisfy { isLetter($0) || $0 &- 0x30 < 10 }
  }

  // MARK: Names

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

  static func isHex(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }
  }
}

func quoted(_ text: String) -> String { JSON.string(text).text }
