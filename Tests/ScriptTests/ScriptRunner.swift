import Subprocess
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Runs one script step by step in a folder of its own, with the built tools first on PATH and a HOME of its own.
struct ScriptRunner {
  private let scratch: Scratch
  private let script: Script
  private let name: String
  private var environment: [Environment.Key: String]
  private var input = "/dev/null"
  private var status = 0
  private var output: [Script.Stream: [UInt8]] = [:]

  init(_ name: String) throws {
    self.name = name
    let path = Vectors.checkout.appending("Tests/Scripts").appending(name)
    script = try Script(String(decoding: Vectors.bytes(of: path), as: UTF8.self))
    scratch = try Scratch()
    let path0 = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
    environment = [
      "PATH": "\(Programs.folder):\(path0)", "HOME": "\(scratch.path)/home",
      "TMPDIR": "\(scratch.path)/tmp", "WORK": scratch.path.string, "LC_ALL": "C.UTF-8",
      "EXAMPLES": "\(Vectors.checkout)/examples", "CHECKOUT": "\(Vectors.checkout)",
    ]
  }

  mutating func run() async throws {
    try prepare()
    for line in script.lines { try await run(line) }
  }

  private func prepare() throws {
    for folder in ["home", "tmp"] {
      guard unsafe mkdir("\(scratch.path)/\(folder)", 0o755) == 0 else {
        throw Errno(rawValue: errno)
      }
    }
    for file in script.files {
      let path = scratch.path.pushing(FilePath(file.name))
      let above = "\(path.removingLastComponent())"
      try #require(unsafe system("mkdir -p '\(above)'") == 0)
      let descriptor = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try descriptor.closeAfter { _ = try descriptor.writeAll(file.content.utf8) }
    }
  }

  private mutating func run(_ line: Script.Line) async throws {
    let place: Comment = "\(name):\(line.number)\n\(shown)"
    switch line.step {
    case .stdin(let file): input = file
    case .environment(let name, let value):
      environment[Environment.Key(stringLiteral: name)] = expanded(value)
    case .command(let command, let mustFail):
      try await execute(command)
      let after: Comment = "\(name):\(line.number): \(command)\nstatus \(status)\n\(shown)"
      // A crash, a hang, a missing program and a signal are no way to fail, unless the next line says so.
      let isOrdinary = status < 124 || script.expects(status, after: line)
      #expect((status != 0) == mustFail && isOrdinary, after)
    case .status(let expected): #expect(status == expected, place)
    case .matches(let stream, let pattern, let negated):
      let text = String(decoding: output[stream] ?? [], as: UTF8.self)
      let regex = try Regex(pattern).anchorsMatchLineEndings()
      #expect(text.contains(regex) != negated, place)
    case .same(let one, let other): #expect(try content(one) == content(other), place)
    }
  }

  private mutating func execute(_ command: String) async throws {
    let source = input == "/dev/null" ? FilePath(input) : scratch.path.pushing(FilePath(input))
    input = "/dev/null"
    // A hang must not take the whole run with it.
    let result = try await Subprocess.run(
      .path("/usr/bin/timeout"),
      arguments: ["--kill-after=5", "300", "bash", "-o", "pipefail", "-c", command],
      environment: .custom(environment), workingDirectory: scratch.path,
      input: .fileDescriptor(try .open(source, .readOnly), closeAfterSpawningProcess: true),
      output: .bytes(limit: 64 << 20), error: .bytes(limit: 64 << 20))
    output[.stdout] = result.standardOutput
    output[.stderr] = result.standardError
    switch result.terminationStatus {
    case .exited(let code): status = Int(code)
    case .signaled(let number): status = 128 + Int(number)
    }
  }

  private func content(_ name: String) throws -> [UInt8] {
    if let stream = Script.Stream(rawValue: name) { return output[stream] ?? [] }
    return try Vectors.bytes(of: scratch.path.pushing(FilePath(name)))
  }

  private func expanded(_ value: String) -> String {
    value.replacing("$WORK", with: scratch.path.string)
  }

  private var shown: String {
    [Script.Stream.stdout, .stderr].map { stream in
      let text = String(decoding: (output[stream] ?? []).prefix(4000), as: UTF8.self)
      return "--- \(stream.rawValue)\n\(text)"
    }.joined(separator: "\n")
  }
}
