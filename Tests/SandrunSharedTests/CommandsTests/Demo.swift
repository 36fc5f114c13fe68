import ArgumentParser
import Commands
import Files
import Records
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// A tool of three small verbs, as a contributor would write them.
struct Demo: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sr-demo", abstract: "Show how verbs are written.",
    version: Version.line("sr-demo"),
    subcommands: [Reverse.self, Split.self, Cat.self, Batch.self, Count.self])
}

struct Reverse: RecordVerb {
  static let configuration = CommandConfiguration(abstract: "Reverse the text of each operand.")
  static let operandMember: String? = "text"

  @Option(help: "Refuse texts longer than <n> bytes.")
  var limit = 1024

  @Option(help: "Wait for as many milliseconds as the text says.")
  var patience = 0

  @Option(help: "Hold the text 'held' back until <file> is there.")
  var until: String?

  @OptionGroup var stream: StreamOptions
  @Argument var operands: [String] = []

  func process(_ input: Record, in world: World) async throws(Failure) -> Record {
    let text = try input.operand("text")
    if text == "held", let until { await wait(for: until) }
    if patience > 0, let delay = Int(text) { try? await Task.sleep(for: .milliseconds(delay)) }
    guard text.utf8.count <= limit else {
      throw Failure(.data, "text longer than \(limit) bytes", hint: "raise --limit")
    }
    guard text != "later" else { throw Failure(.temporary, "not now") }
    return input.setting("reversed", to: .string(String(text.reversed())))
  }

  /// A minute at most: a test that would wait for ever must fail instead.
  private func wait(for file: String) async {
    for _ in 0..<60_000 where unsafe access(file, F_OK) != 0 {
      try? await Task.sleep(for: .milliseconds(1))
    }
  }

  func status(of output: Record) -> Failure.Status {
    (try? output["reversed"]) == "on" ? .answerNo : .done
  }
}

/// Waits as many milliseconds as the text says, then takes the next number in the input's order.
struct Count: StreamingCommand {
  static let configuration = CommandConfiguration(abstract: "Number the texts that are numbers.")
  static let operandMember: String? = "text"

  @OptionGroup var stream: StreamOptions
  @Argument var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let next = Mutex(0)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let text = try input.operand("text")
      guard let delay = Int(text) else { throw Failure(.data, "no number") }
      try? await Task.sleep(for: .milliseconds(delay))
      let number = try await emitter.inTurn { () throws(Failure) in
        guard delay != 13 else { throw Failure(.data, "unlucky") }
        return next.withLock { next in
          next += 1
          return next
        }
      }
      let numbered = input.setting("number", to: .integer(number))
      emitter.keep(numbered)
      emitter.whenWritten { world.detail("out: \(text)") }
      guard delay != 7 else { throw Failure(.temporary, "lost") }
      try emitter.emit(numbered)
    }
  }
}

struct Split: StreamVerb {
  static let configuration = CommandConfiguration(abstract: "Put out each word of the text.")
  static let operandMember: String? = "text"

  @OptionGroup var stream: StreamOptions
  @Argument var operands: [String] = []

  func process(_ input: Record, in world: World, to emitter: Emitter) async throws(Failure) {
    for word in try input.operand("text").split(separator: " ") {
      guard word != "bad" else { throw Failure(.data, "bad word") }
      try emitter.emit(Record(["word": .string(String(word))]))
    }
  }
}

struct Cat: RawVerb {
  static let configuration = CommandConfiguration(abstract: "Write the text itself.")
  static let operandMember: String? = "text"

  @OptionGroup var stream: StreamOptions
  @Argument var operands: [String] = []

  func process(_ input: Record, in world: World, to emitter: Emitter) async throws(Failure) {
    try emitter.write(Array(try input.operand("text").utf8))
  }
}

/// Commits its batch once, and fails where the batch holds a poisoned record.
struct Batch: StreamingCommand {
  static let configuration = CommandConfiguration(abstract: "Answer after a commit.")
  static let operandMember: String? = "text"

  @OptionGroup var stream: StreamOptions
  @Argument var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let poisoned = Box(false)
    return try await pipeline(in: world).run(
      commit: { () throws(Failure) in
        world.note("commit")
        if poisoned.value.withLock({ $0 }) { throw Failure(.io, "disk full") }
      },
      { input, emitter throws(Failure) in
        if try input.operand("text") == "poison" { poisoned.value.withLock { $0 = true } }
        try emitter.emit(input.setting("stored", to: true))
      })
  }
}

final class Box<Value: Sendable>: Sendable {
  let value: Mutex<Value>
  init(_ value: Value) { self.value = Mutex(value) }
}

// MARK: A world in memory

/// Gives its chunks one a read; between them it says that it would have to wait.
final class Chunks: ByteSource {
  private let rest: Mutex<[[UInt8]]>
  init(_ chunks: [String]) { rest = Mutex(chunks.map { Array($0.utf8) }) }
  func read(limit: Int) throws(Failure) -> [UInt8] {
    let next = rest.withLock { $0.isEmpty ? [] : $0.removeFirst() }
    if next == Array("\0fail".utf8) { throw Failure(.io, "cannot read standard input") }
    if next == Array("\0interrupt".utf8) { throw .interrupted }
    return next
  }
  var isReady: Bool { false }
  func cancel() { rest.withLock { $0 = [] } }
}

/// Keeps what was written, write by write.
final class Sink: ByteSink {
  let writes = Mutex<[String]>([])
  let failure: Failure?
  /// A file that appears at the first write.
  let marker: FilePath?
  init(failing failure: Failure? = nil, marking marker: FilePath? = nil) {
    self.failure = failure
    self.marker = marker
  }
  func write(_ bytes: [UInt8]) throws(Failure) {
    if let failure { throw failure }
    if let marker { try? Files.writeAtomically([], to: marker) }
    writes.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
  }
  var text: String { writes.withLock { $0.joined() } }
}

struct Outcome {
  var status: Int32
  var output: String
  var errors: String
  var writes: [String]
}

/// Runs the demonstration tool on arguments and input.
func demo(
  _ arguments: String..., input: [String] = [], output: Sink = Sink(),
  environment: [String: String] = [:]
) async -> Outcome {
  let errors = Sink()
  let world = World(
    tool: "sr-demo", input: Chunks(input), output: output, errors: errors, environment: environment,
    now: { Timestamp(seconds: 0) })
  let status = await Demo.start(arguments, in: world)
  return Outcome(
    status: status.rawValue, output: output.text, errors: errors.text,
    writes: output.writes.withLock { $0 })
}
