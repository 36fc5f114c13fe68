import Proofs
import Records
import SystemPackage

/// Writes a trace to the file that it is given, as fast as it can and for ever, until a test kills it.
@main enum TraceProbe {
  static func main() throws {
    let start = TraceStart(
      date: Timestamp(seconds: 0), argv: ["probe"], environment: [], limits: [], sandbox: "none",
      code: "code", specification: "specification")
    let writer = try TraceWriter(creating: FilePath(CommandLine.arguments[1]), start: start)
    var memory = 0
    while true {
      memory &+= 1
      let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: memory), count: 4_000)
      try writer.output(memory % 3 == 0 ? .stderr : .stdout, bytes.span)
      try writer.sample(TraceSample(cpuTime: .zero, memory: memory, processes: 1))
    }
  }
}
