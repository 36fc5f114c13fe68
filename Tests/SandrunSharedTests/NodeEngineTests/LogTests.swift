import Files
import SystemPackage
import TestSupport
import Testing

@testable import NodeEngine

@Suite struct LogTests {
  @Test("any stretch of a log reads as the streams it was written from")
  func stretches() throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("log")
    let writer = try JobLogWriter(in: folder)
    #expect(try JobLog(in: folder, isComplete: false).size == 0)
    var whole: [(stream: JobLog.Stream, byte: UInt8)] = []
    var generator = SystemRandomNumberGenerator()
    for number in 0..<2000 {
      let stream: JobLog.Stream = Bool.random(using: &generator) ? .stdout : .stderr
      let bytes = [UInt8](repeating: UInt8(number & 0xFF), count: Int.random(in: 0...9))
      #expect(try writer.append(bytes, to: stream) == whole.count + bytes.count)
      whole += bytes.map { (stream, $0) }
    }
    #expect(try writer.finish() == whole.count)
    let log = try JobLog(in: folder, isComplete: true)
    #expect(log.size == whole.count)
    for _ in 0..<200 {
      let start = Int.random(in: 0...whole.count)
      let limit = Int.random(in: 1...3000)
      let pieces = try log.read(from: start, limit: limit)
      let read = pieces.flatMap { piece in piece.bytes.map { (piece.stream, $0) } }
      let wanted = whole[start..<min(whole.count, start + limit)]
      #expect(read.map(\.0) == wanted.map(\.stream) && read.map(\.1) == wanted.map(\.byte))
      for (one, next) in zip(pieces, pieces.dropFirst()) { #expect(one.stream != next.stream) }
    }
    for stream in [JobLog.Stream.stdout, .stderr] {
      #expect(try log.all(stream, limit: .max) == whole.filter { $0.stream == stream }.map(\.byte))
      #expect(try log.all(stream, limit: 7).count == 7)
    }
    #expect(try log.read(from: whole.count, limit: 10).isEmpty)
    #expect(try log.read(from: whole.count + 5, limit: 10).isEmpty)
    #expect(try log.read(from: -1, limit: 10).isEmpty)
    #expect(try log.read(from: 0, limit: .max).count > 1)
  }

  @Test("a job that writes single bytes for ever makes no index of its output's size")
  func bounded() throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("log")
    let writer = try JobLogWriter(in: folder)
    let count = JobLogWriter.promptPieces + 200_000
    for number in 0..<count {
      _ = try writer.append([UInt8(number & 1)], to: number & 1 == 0 ? .stdout : .stderr)
    }
    #expect(try writer.finish() == count)
    let index = try #require(try Files.status(folder.appending("index")))
    #expect(index.size < Int64(JobLog.entryLength * (JobLogWriter.promptPieces + 20)))
    let log = try JobLog(in: folder, isComplete: true)
    #expect(try log.all(.stdout, limit: .max) == [UInt8](repeating: 0, count: count / 2))
    #expect(try log.all(.stderr, limit: .max) == [UInt8](repeating: 1, count: count / 2))
  }

  @Test("a log that is begun anew takes the place of the old one; who has that open keeps it")
  func anew() throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("log")
    _ = try JobLogWriter(in: folder).append(Array("old".utf8), to: .stdout)
    let old = try JobLog(in: folder, isComplete: false)
    let writer = try JobLogWriter(in: folder)
    #expect(try JobLog(in: folder, isComplete: false).size == 0)
    _ = try writer.append(Array("n".utf8), to: .stderr)
    #expect(try old.all(.stdout, limit: 10) == Array("old".utf8))
    #expect(try JobLog(in: folder, isComplete: false).all(.stderr, limit: 10) == Array("n".utf8))
  }

  @Test("a piece that was written in part ends the log: what is told of it stays true")
  func partial() throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("log")
    _ = try JobLogWriter(in: folder).append(Array("told".utf8), to: .stdout)
    try Files.removeTree(folder.appending("index"))
    let path = folder.appending("output")
    let output = try FileDescriptor.open(path, .writeOnly, options: [.truncate, .append])
    // Whatever is written there fails as on a full disk.
    let index = try FileDescriptor.open(FilePath("/dev/full"), .writeOnly)
    let writer = JobLogWriter(in: folder, output: output, index: index)
    for _ in 0..<2 {
      #expect(throws: FileError("write", folder.appending("index"), .noSpace)) {
        try writer.append(Array("lost".utf8), to: .stderr)
      }
      #expect(try Files.status(path)?.size == 0)
    }
    #expect(writer.size == 0)
  }

  @Test("a log is synced with its names, whoever left it, and one that is not there too")
  func synced() throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("log")
    try JobLogWriter.sync(folder, files: true)
    _ = try JobLogWriter(in: folder).append(Array("text".utf8), to: .stdout)
    try JobLogWriter.sync(folder, files: true)
    try Files.removeTree(folder.appending("index"))
    try JobLogWriter.sync(folder, files: true)
    try Files.removeTree(folder)
    try Files.writeAtomically([], to: folder)
    try JobLogWriter.sync(folder, files: true)
  }

  @Test("a log whose disk lost a part is an error, not another text")
  func damaged() throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("log")
    _ = try JobLogWriter(in: folder).append(Array("text".utf8), to: .stdout)
    try Files.writeAtomically([], to: folder.appending("output"))
    let log = try JobLog(in: folder, isComplete: true)
    #expect(throws: EngineError.self) { try log.read(from: 0, limit: 10) }
  }
}
