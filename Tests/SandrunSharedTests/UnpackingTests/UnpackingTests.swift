import Files
import Hashing
import Records
import Subprocess
import SystemPackage
import TestSupport
import Testing
import Unpacking

#if canImport(Glibc)
  import Glibc
#endif

/// Archives that Python makes, hostile and good: what comes out, what is refused by which name, and that nothing is left of it.
@Suite struct UnpackingTests {
  /// Those that `make-archives.py` was written for.
  static let limits = UnpackLimits(
    entries: 1000, bytes: 8 << 20, fileBytes: 4 << 20, depth: 64, ratio: 100, ratioFloor: 1 << 20)

  @Test func everyArchiveComesToItsEnd() async throws {
    let scratch = try Scratch()
    try await Self.makeArchives(in: scratch.path)
    let work = scratch.path.appending("work")
    let target = work.appending("target")
    try Files.makeDirectories(work)
    var (good, bad) = (0, 0)
    for line in try Vectors.lines(of: scratch.path.appending("archives.jsonl")) {
      let row = try JSON(parsing: line)
      let name = try #require(row["archive"]?.string)
      let archive = scratch.path.appending(name)
      if let tree = row["tree"]?.object {
        good += 1
        do throws(UnpackError) {
          _ = try Unpacker.unpack(archive, into: target, limits: Self.limits)
        } catch {
          Issue.record("\(name): \(error)")
          continue
        }
        let expected = tree.members.map { "\($0.name): \($0.value.string ?? "")" }
        #expect(try Set(Self.list(target)) == Set(expected), "\(name)")
        try Files.removeTree(target)
      } else {
        bad += 1
        let error = #expect(throws: UnpackError.self, "\(name)") {
          try Unpacker.unpack(archive, into: target, limits: Self.limits)
        }
        let (fault, entry) = error.map(Self.facts) ?? ("", nil)
        let said = error.map { "\(name): \($0)" } ?? name
        #expect(fault == row["error"]?.string, "\(said)")
        if let expected = row["entry"]?.string { #expect(entry == expected, "\(said)") }
        #expect(!said.utf8.contains { $0 < 0x20 || $0 == 0x7f }, "fit for a terminal")
      }
      #expect(try Files.list(work).isEmpty, "\(name): nothing left, nothing beside it")
      try Files.removeTree(target)
    }
    #expect(good == 14 && bad == 69)
  }

  @Test func anArchiveIsReadFromAPipeToo() async throws {
    let scratch = try Scratch()
    try await Self.makeArchives(in: scratch.path)
    let target = scratch.path.appending("target")
    let (reader, writer) = try FileDescriptor.pipe()
    let bytes = try Files.read(scratch.path.appending("good.tar.gz"))
    #expect(try writer.writeAll(bytes) == bytes.count, "it fits into the pipe")
    try writer.close()
    let content = try Unpacker.unpack(reader, into: target)
    #expect(content.entries == 17)
    try reader.close()
  }

  @Test func aFolderThatIsThereIsLeftAlone() async throws {
    let scratch = try Scratch()
    try await Self.makeArchives(in: scratch.path)
    let target = scratch.path.appending("target")
    try Files.makeDirectories(target)
    try Files.writeAtomically([1], to: target.appending("mine"))
    let error = #expect(throws: UnpackError.self) {
      try Unpacker.unpack(scratch.path.appending("good.zip"), into: target)
    }
    #expect(error == .file(FileError("create", target, .fileExists)))
    #expect(try Files.read(target.appending("mine")) == [1])
  }

  /// Any byte turned, any cut: the archive ends well or in an error, inside its folder, and leaves nothing after an error.
  @Test func damagedArchivesStayInside() async throws {
    let scratch = try Scratch()
    try await Self.makeArchives(in: scratch.path)
    let work = scratch.path.appending("work")
    let target = work.appending("target")
    try Files.makeDirectories(work)
    var refused = 0
    for name in ["good-gnu.tar", "good-pax.tar", "good.tar.gz", "good.zip"] {
      let bytes = try Files.read(scratch.path.appending(name))
      var state: UInt64 = 7
      for _ in 0..<100 {
        var bad = bytes
        for _ in 0..<3 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let index = Int(state >> 33) % bad.count
          bad[index] = UInt8(truncatingIfNeeded: state >> 20)
        }
        if state & 0x4000 != 0 { bad.removeLast(Int(state >> 40) % bad.count) }
        let path = scratch.path.appending("bad")
        try Files.writeAtomically(bad, to: path)
        do throws(UnpackError) {
          _ = try Unpacker.unpack(path, into: target, limits: Self.limits)
        } catch {
          refused += 1
          #expect(try Files.list(work).isEmpty)
        }
        try Files.removeTree(target)
        #expect(try Files.list(work).isEmpty)
      }
    }
    #expect(refused > 25)
  }

  private static func makeArchives(in folder: FilePath) async throws {
    let script = Vectors.checkout.appending("Tests/Archives/make-archives.py").string
    let made = try await run(
      .name("python3"), arguments: [script, folder.string], output: .discarded,
      error: .string(limit: 1 << 16))
    try #require(made.terminationStatus.isSuccess, "\(made.standardError)")
  }

  /// What lies below a folder, one line each, as `archives.jsonl` says it.
  private static func list(_ folder: FilePath, prefix: String = "") throws -> [String] {
    var lines: [String] = []
    for name in try Files.list(folder) {
      let path = folder.appending(name)
      let shown = prefix + name.string
      let status = try #require(try Files.status(path))
      switch status.type {
      case .directory:
        lines.append("\(shown): folder")
        lines += try list(path, prefix: shown + "/")
      case .symbolicLink:
        var target = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink(path.string, &target, 4096)
        let text = String(
          decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
        lines.append("\(shown): -> \(text)")
      default:
        let mode = String(status.permissions.rawValue, radix: 8)
        lines.append("\(shown): \(mode) \(Hex.digits(SHA256.hash(try Files.read(path)).bytes))")
      }
    }
    return lines
  }

  /// The case of an error as the rows name it, and the entry that it tells.
  private static func facts(_ error: UnpackError) -> (String, String?) {
    switch error {
    case .badName(let name, .empty): ("empty", name)
    case .badName(let name, .absolute): ("absolute", name)
    case .badName(let name, .climbs): ("climbs", name)
    case .badName(let name, .tooLong): ("tooLong", name)
    case .badName(let name, .notUTF8): ("notUTF8", name)
    case .badType(let name, .device): ("device", name)
    case .badType(let name, .fifo): ("fifo", name)
    case .badType(let name, _): ("other", name)
    case .linkLeadsOut(let name, _): ("linkLeadsOut", name)
    case .badHardLink(let name, _): ("badHardLink", name)
    case .duplicate(let name): ("duplicate", name)
    case .notFolder(let name): ("notFolder", name)
    case .encrypted(let name): ("encrypted", name)
    case .overLimit(.entries, let name): ("entries", name)
    case .overLimit(.bytes, let name): ("bytes", name)
    case .overLimit(.fileBytes, let name): ("fileBytes", name)
    case .overLimit(.depth, let name): ("depth", name)
    case .overLimit(.ratio, let name): ("ratio", name)
    case .malformed(let name, _): ("malformed", name)
    case .file: ("file", nil)
    }
  }
}
