import ArgumentParser
import Commands
import NodeAPI
import NodeClient
import Records
import Synchronization
import TestSupport
import Testing

/// What a listener heard of a job.
final class Heard {
  var output: [LogStream: [UInt8]] = [:]
  var states: [JobState] = []
  var count: Int { output.values.reduce(0) { $0 + $1.count } }
}

/// Keeps what is told to people, and has no input.
final class Teller: ByteSink, ByteSource {
  private let said = Mutex("")
  var text: String { said.withLock { $0 } }
  var isReady: Bool { true }
  func write(_ bytes: [UInt8]) { said.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
  func read(limit: Int) -> [UInt8] { [] }
  func cancel() {}
}

@Suite("The log of a job, followed")
struct LogFollowerTests {
  static let job = "0123456789abcdef0123456789abcdef"

  /// What a job of the node in `Tests/Peers/log-node.py` prints.
  static func expected(_ stream: LogStream) -> String {
    (0..<300).filter { ($0 % 3 == 0) == (stream == .stderr) }
      .map { "line \($0) \u{E9}\u{20AC}\u{1F600}\n" }.joined()
  }

  /// Follows the job of a node that behaves as the words say.
  static func follow(
    _ words: [String], from offset: Int = 0, job: String = job,
    within time: Duration = .seconds(600), isListening: Bool = true,
    onOutput: @escaping (LogStream, [UInt8]) async throws(Failure) -> Void = { _, _ in }
  ) async throws -> (result: Result<JobState, Failure>, heard: Heard, said: String, counts: String)
  {
    let teller = Teller()
    let heard = Heard()
    var world = World(
      tool: "sr-job", input: teller, output: teller, errors: teller,
      environment: ["HOME": "/nonexistent"], now: { Timestamp(seconds: 0) })
    world.verbosity = .verbose
    let nodes = try Nodes(try NodeOptions.parse(["--retries", "0"]), in: world)
    func listen(_ stream: LogStream, _ bytes: [UInt8]) async throws(Failure) {
      heard.output[stream, default: []] += bytes
      try await onOutput(stream, bytes)
    }
    let (result, counts) = try await Peer.run("log-node.py", words) { peer in
      let reference = JobReference(
        endpoint: try #require(Endpoint("http://127.0.0.1:\(peer.port)")),
        id: try #require(JobID(job)), address: nil)
      do throws(Failure) {
        let state = try await nodes.follow(
          reference, from: offset, until: .now + time,
          onOutput: isListening ? listen : nil, onState: { heard.states.append($0) })
        return Result<JobState, Failure>.success(state)
      } catch {
        return .failure(error)
      }
    }
    return (result, heard, teller.text, counts.joined())
  }

  private static func check(_ heard: Heard) {
    for stream in LogStream.allCases {
      #expect(String(validating: heard.output[stream] ?? [], as: UTF8.self) == expected(stream))
    }
  }

  @Test(
    "comes whole over one connection, and over many that break",
    arguments: [[], ["cut"], ["cut", "late"]])
  func whole(_ words: [String]) async throws {
    let (result, heard, said, _) = try await Self.follow(words)
    #expect(result == .success(.completed), "\(said)")
    Self.check(heard)
    #expect(heard.states == [.running, .completed])
  }

  @Test(
    "comes whole where no WebSocket gets through",
    arguments: ["0", "200", "400", "426", "501", "500"])
  func stripped(_ status: String) async throws {
    let (result, heard, said, _) = try await Self.follow(["strip:" + status])
    #expect(result == .success(.completed), "\(said)")
    Self.check(heard)
    #expect(heard.states == [.running, .completed])
    #expect(said.contains("no WebSocket gets through"))
  }

  @Test("comes whole where plain requests fail now and then", arguments: [[], ["messages"]])
  func flaky(_ words: [String]) async throws {
    let (result, heard, said, _) = try await Self.follow(["strip:200", "flaky"] + words)
    #expect(result == .success(.completed), "\(said)")
    Self.check(heard)
    #expect(said.contains("waiting for it"))
    #expect(said.contains("is back"))
  }

  @Test(
    "has its bytes as they are, over WebSockets and from nodes of our own",
    arguments: [["cut"], ["strip:426", "messages"]])
  func bytes(_ words: [String]) async throws {
    let (result, heard, said, _) = try await Self.follow(["bytes"] + words)
    #expect(result == .success(.completed), "\(said)")
    let lost = heard.output[.stdout].map { $0.split(separator: 10).filter { $0.first == 0xFF } }
    #expect(
      lost?.map { Array($0) } == [7, 107, 157, 257].map { [0xFF, 0xC3] + Array(" \($0)".utf8) })
  }

  @Test("has replacements for them without")
  func replacements() async throws {
    let (result, heard, said, _) = try await Self.follow(["strip:426", "bytes"])
    #expect(result == .success(.completed), "\(said)")
    let text = String(validating: heard.output[.stderr] ?? [], as: UTF8.self)
    #expect(text?.contains("\u{FFFD}\u{FFFD} 57\n") == true)
  }

  @Test("goes on in the middle", arguments: [1, 2, 8, 1000, 5490])
  func middle(_ offset: Int) async throws {
    let (all, whole, _, _) = try await Self.follow([])
    #expect(all == .success(.completed))
    for words in [["cut"], ["strip:200", "messages"]] {
      let (result, heard, said, _) = try await Self.follow(words, from: offset)
      #expect(result == .success(.completed), "\(said)")
      #expect(heard.count == whole.count - offset)
      for stream in LogStream.allCases {
        let tail = heard.output[stream] ?? []
        #expect((whole.output[stream] ?? []).suffix(tail.count).elementsEqual(tail))
      }
    }
    // Of text alone nobody can tell what is new.
    let (refused, none, _, _) = try await Self.follow(["strip:400"], from: offset)
    guard case .failure(let failure) = refused else {
      Issue.record("\(refused)")
      return
    }
    #expect(failure.status == .unavailable)
    #expect(failure.code == "no-websocket")
    #expect(none.count == 0)
  }

  @Test(
    "is not believed where it cannot be true",
    arguments: [
      "repeat", "skip", "count", "garbage", "binary", "state", "early", "short strip:200",
    ])
  func lies(_ words: String) async throws {
    let (result, heard, said, _) = try await Self.follow(
      words.split(separator: " ").map(String.init))
    guard case .failure(let failure) = result else {
      Issue.record("\(words): \(result) \(said)")
      return
    }
    #expect(failure.status == .protocolViolation)
    #expect(failure.code == "node-lies")
    #expect(failure.message.contains(Self.job))
    // What was told before is as it should be.
    for stream in LogStream.allCases {
      let start = String(decoding: heard.output[stream] ?? [], as: UTF8.self)
      #expect(Self.expected(stream).hasPrefix(start))
    }
  }

  @Test("is not asked for where nobody listens", arguments: [[], ["strip:426"]])
  func unheard(_ words: [String]) async throws {
    let (result, heard, said, _) = try await Self.follow(words, isListening: false)
    #expect(result == .success(.completed), "\(said)")
    #expect(heard.count == 0)
    #expect(heard.states == [.running, .completed])
  }

  @Test("of a job that the node does not know is no wait")
  func unknown() async throws {
    let (result, _, _, _) = try await Self.follow([], job: String(Self.job.reversed()))
    guard case .failure(let failure) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(failure.status == .missingInput)
    #expect(failure.code == "no-such-job")
  }

  @Test("has a deadline, an end by the listener, and an end by cancellation")
  func ends() async throws {
    let (late, _, _, _) = try await Self.follow(["cut"], within: .milliseconds(50)) { _, _ in
      try? await Task.sleep(for: .milliseconds(100))
    }
    guard case .failure(let failure) = late else {
      Issue.record("\(late)")
      return
    }
    #expect(failure.status == .temporary)
    #expect(failure.code == "timeout")

    let (full, _, _, counts) = try await Self.follow([]) { _, _ throws(Failure) in
      throw Failure(.io, "the disk is full")
    }
    #expect(full == .failure(Failure(.io, "the disk is full")))
    #expect(counts.contains(#""sockets": 1"#))

    for words in [[], ["strip:426"]] {
      let (first, reached) = AsyncStream.makeStream(of: Void.self)
      let task = Task {
        try await Self.follow(words) { _, _ in
          reached.yield()
          try? await Task.sleep(for: .seconds(100))
        }.result
      }
      for await _ in first.prefix(1) { task.cancel() }
      #expect(try await task.value == .failure(.interrupted))
    }
  }
}
