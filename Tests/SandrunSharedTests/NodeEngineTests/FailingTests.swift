import Files
import NodeAPI
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import NodeEngine

#if canImport(Glibc)
  import Glibc
#endif

/// Jobs that cannot be run, through their own fault or the machine's.
@Suite(.timeLimit(.minutes(3))) struct FailingTests {
  /// Submits a job whose code is spoiled on the node's disk.
  private func submitUnable(to node: TestNode) async throws -> JobID {
    let script = "echo \(JobID.mint())"
    let id = try await node.submit(script)
    var isSpoiled = false
    var folders = [node.folder.appending("content")]
    while let folder = folders.popLast() {
      for name in try Files.list(folder) {
        let path = folder.appending(name)
        guard try Files.status(path)?.type != .directory else {
          folders.append(path)
          continue
        }
        let bytes = try Files.read(path, limit: 1 << 24)
        let place = bytes.indices.first { bytes[$0...].starts(with: script.utf8) }
        guard let place else { continue }
        let file = try FileDescriptor.open(path, .writeOnly)
        try file.closeAfter { _ = try file.writeAll(toAbsoluteOffset: Int64(place), [0x21]) }
        isSpoiled = true
      }
    }
    #expect(isSpoiled)
    return id
  }

  @Test("a job that cannot be run waits alone, and fails in the end; the others notice nothing")
  func alone() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) {
      $0.concurrency = 1
      $0.rest = .seconds(1)
    }
    let unable = try await submitUnable(to: node)
    var others: [JobID] = []
    for number in 0..<8 { others.append(try await node.submit("echo \(number)")) }
    try await node.running { node in
      for id in others {
        let status = try await node.finish(id)
        #expect(status.state == .completed && status.starts == 1)
      }
      let status = try await node.finish(unable)
      #expect(status.state == .failed && status.starts == 3)
      #expect(status.isSigned(by: node.engine.address))
      // What it says is for strangers: nothing of the node's own folders.
      let error = try #require(status.error)
      #expect(error.contains("…") && !error.contains("/"))
      #expect(!node.notes.all.contains { $0.contains("no job is started") })
      // The owner is told where.
      #expect(node.notes.all.contains { $0.contains("spoiled in \(node.folder)/") })
    }
  }

  @Test("a job that waits alone can be cancelled, and does not come back")
  func cancelled() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) { $0.rest = .seconds(600) }
    let unable = try await submitUnable(to: node)
    try await node.running { node in
      try await node.wait(for: unable) { $0.state == .queued && $0.starts == 1 }
      #expect(try await node.engine.cancel(unable) == .cancelled)
      #expect(try await node.finish(unable).state == .cancelled)
      let after = try await node.submit("true")
      #expect(try await node.finish(after).state == .completed)
    }
  }

  @Test(
    "several jobs in a row that cannot be run hold up the rest for a while; one that runs does not")
  func several() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) {
      $0.concurrency = 1
      $0.rest = .seconds(600)
    }
    var unable: [JobID] = []
    for _ in 0..<(Engine.unrunLimit - 1) { unable.append(try await submitUnable(to: node)) }
    let between = try await node.submit("true")
    for _ in 0..<Engine.unrunLimit { unable.append(try await submitUnable(to: node)) }
    let last = try await node.submit("true")
    try await node.running { node in
      let first = try await node.finish(between)
      #expect(first.state == .completed)
      #expect(!node.notes.all.contains { $0.contains("no job is started") })
      #expect(try await node.finish(last).state == .completed)
      #expect(node.notes.all.count(where: { $0.contains("no job is started") }) == 1)
      for id in unable { #expect(try node.engine.status(id)?.starts == 1) }
    }
  }

  @Test("where not even a trial can be run nothing is started for a while, and no job is lost")
  func sick() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) {
      $0.concurrency = 1
      $0.rest = .seconds(1)
    }
    try await node.running { node in
      let runs = node.folder.appending("runs")
      try Files.removeTree(runs)
      try Files.writeAtomically([], to: runs)
      let id = try await node.submit("echo well again")
      try await node.wait(for: id) { $0.state == .queued && $0.starts == 1 }
      #expect(node.notes.all.contains { $0.contains("no job is started") })
      try Files.removeTree(runs)
      try Files.makeDirectories(runs)
      let status = try await node.finish(id)
      #expect(status.state == .completed && status.starts == 2)
    }
  }

  @Test("a worker that is killed under a job costs it one start, and nobody a pause")
  func workerKilled() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let id = try await node.submit("echo begun; sleep 3; echo ended")
      try await node.wait(for: id) { $0.state == .running && $0.logSize > 0 }
      kill(try #require(node.engine.state.withLock { $0.worker }).pid, SIGKILL)
      let status = try await node.finish(id)
      #expect(status.state == .completed && status.starts == 2)
      #expect(
        try node.engine.log(id)?.all(.stdout, limit: 100) == Array("begun\nended\n".utf8))
      #expect(node.notes.all == ["the worker ended; another is started"])
    }
  }

  @Test("paths of the node's own are hidden from clients, and nothing else is")
  func hidden() throws {
    let scratch = try Scratch()
    let folder = try NodeFolder(scratch.path.appending("serve"))
    for (text, shown) in [
      ("cannot create /var/tmp/sandrun-12-a/outputs/x: No space", "cannot create …: No space"),
      ("\(folder.path)/content/1/pack: \"\(folder.path)\" (in \(folder.path))", "…: \"…\" (in …)"),
      ("no file \"/etc/x\" in /var/tmp", "no file \"/etc/x\" in /var/tmp"), ("", ""),
      ("/var/tmp/sandrun-", "…"),
    ] { #expect(folder.hidden(in: text) == shown) }
  }
}
