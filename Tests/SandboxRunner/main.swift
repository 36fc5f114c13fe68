import Glibc
import Sandbox
import SystemPackage

// Runs one command through the library and prints how it ended, so that tests can do so as any user and kill it.
//
//   sandbox-runner KIND ENFORCEMENT FILES PLACE [LIMIT=N ...] -- PROGRAM [ARGUMENT ...]

func say(_ text: String, to descriptor: Int32 = 1) {
  let bytes = Array((text + "\n").utf8)
  _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
}

var words = CommandLine.arguments.dropFirst()
guard words.count > 5, let kind = SandboxKind(rawValue: words.removeFirst()),
  let enforcement = Enforcement(rawValue: words.removeFirst())
else {
  say("usage: sandbox-runner KIND ENFORCEMENT FILES PLACE [LIMIT=N ...] -- PROGRAM ...", to: 2)
  exit(64)
}
let files = FilePath(words.removeFirst())
let place = FilePath(words.removeFirst())
var limits = Limits(memory: 256 << 20, processes: 32, fileSize: 8 << 20, disk: 16 << 20)
limits.output = 1 << 20
limits.grace = 0.5
var network = false
var collects = false
var inputs: [Input] = []
while let word = words.popFirst(), word != "--" {
  let parts = word.split(separator: "=", maxSplits: 1)
  let value = String(parts[1])
  switch parts[0] {
  case "memory": limits.memory = Int(value) ?? 0
  case "processes": limits.processes = Int(value) ?? 0
  case "filesize": limits.fileSize = Int(value) ?? 0
  case "disk": limits.disk = Int(value) ?? 0
  case "output": limits.output = Int(value) ?? 0
  case "cpu": limits.cpuSeconds = Double(value)
  case "wall": limits.wallSeconds = Double(value)
  case "grace": limits.grace = Double(value) ?? 0
  case "collect": collects = value == "yes"
  case "network": network = value == "yes"
  case "input":
    inputs.append(Input(name: FilePath(value).lastComponent?.string ?? "", path: FilePath(value)))
  default: exit(64)
  }
}

do throws(SandboxError) {
  let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
  let executor = try Executor(kind: kind, path: path, enforcement: enforcement)
  let staging = try Staging(below: place)
  var command = SandboxedCommand(arguments: Array(words), files: files, limits: limits)
  command.network = network
  command.inputs = inputs
  var samples = 0
  let run = try executor.run(command, in: staging, until: Cancellation()) { event in
    switch event {
    case .started(let enforcement): say("started \(enforcement)")
    case .output(let stream, let offset, let bytes):
      // What a job writes is no more than so much of a test's log.
      if offset < 4096 || bytes.count < 64 {
        say("\(stream.rawValue) " + String(decoding: bytes.prefix(4096), as: UTF8.self))
      }
    case .sample: samples += 1
    case .exited: break
    }
  }
  let outcome = run.outcome
  say("exit \(outcome.exitStatus.map(String.init) ?? "-")")
  say("signal \(outcome.signal.map(String.init) ?? "-")")
  say("limit \(outcome.limit?.rawValue ?? "-")")
  say("samples \(samples)")
  say("cpu \(outcome.usage.cpuSeconds) wall \(outcome.usage.wallSeconds)")
  say("peak \(outcome.usage.memoryPeak)")
  say("bytes \(outcome.stdoutSize) \(outcome.stderrSize)")
  if collects {
    let outputs = place.appending("outputs")
    unsafe mkdir(outputs.string, 0o755)
    let selection = OutputSelection(
      patterns: [], source: files, inputs: inputs.map(\.name), limit: limits.disk)
    let collected = try run.workspace.collect(selection, into: outputs)
    for file in collected.files { say("file \(file.path) \(file.size)") }
    for path in collected.skipped { say("skipped \(path)") }
  }
} catch {
  say("error \(error)")
  exit(70)
}
