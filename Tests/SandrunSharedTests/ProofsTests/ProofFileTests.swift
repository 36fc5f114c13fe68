import Files
import Hashing
import Records
import SystemPackage
import Testing

@testable import Proofs

@Suite struct ProofFileTests {
  private let folder: TemporaryFolder
  private static let attestation = Array(#"{"type":"attestation","envelope":{}}"#.utf8)

  init() throws { folder = try TemporaryFolder() }

  /// A trace of so many chunk lines, about 150 bytes each.
  private func longTrace(_ lines: Int) throws -> [UInt8] {
    let start = TraceEvent(sequence: 0, time: .zero, kind: .start(Sample.start))
    var text = start.json.bytes + [UInt8(ascii: "\n")]
    func add(_ kind: TraceEvent.Kind, _ sequence: Int) {
      text += TraceEvent(sequence: sequence, time: .seconds(1), kind: kind).json.bytes
      text.append(UInt8(ascii: "\n"))
    }
    for line in 0..<lines {
      let hash = SHA256.hash([UInt8(line & 255), UInt8(line >> 8 & 255)])
      add(.chunk(.init(stream: .stdout, offset: line * 9, length: 9, sha256: hash)), line + 1)
    }
    let empty = TraceLog(size: 0, sha256: SHA256.hash([UInt8]()), isTruncated: false)
    var exit = TraceExit(
      status: "completed", exitCode: 0, usage: Sample.usage, stdout: empty, stderr: empty)
    exit.stdout.size = lines * 9
    add(.exit(exit), lines + 1)
    add(.end(.init(count: lines + 3, outputs: nil)), lines + 2)
    return text
  }

  private func build(
    _ trace: [UInt8], _ name: String, frameText: Int = ProofWriter.frameText
  ) async throws -> (ProofTrace, [UInt8]) {
    let input = try folder.file(trace, "\(name).trace")
    let output = try folder.file([], name)
    var writer = ProofWriter(
      output, named: folder.path.appending(name), frameText: frameText)
    let result = try await writer.add(trace: input, named: folder.path)
    try writer.finish(attestation: Self.attestation)
    try input.close()
    try output.close()
    return (result, try Files.read(folder.path.appending(name)))
  }

  private func survey(_ bytes: [UInt8]) throws -> ProofSurvey {
    let file = try folder.file(bytes, "survey")
    defer { try? file.close() }
    return try ProofSurvey(file, named: folder.path)
  }

  @Test func theLinesComeBackAndTheFramesAreTheLeaves() async throws {
    // Many more frames than are in hand at once.
    let trace = try longTrace(4_000)
    let (result, proof) = try await build(trace, "proof", frameText: 1 << 14)
    let all = try readAll(proof)
    #expect(Array(all.text.utf8) == trace + Self.attestation + [UInt8(ascii: "\n")])
    #expect(all.ending == .seekTable && all.frames == result.leaves + 1)
    #expect(result.leaves > trace.count >> 14)
    let found = try survey(proof)
    #expect(found.root == result.root && found.leaves.count == result.leaves)
    #expect(result.exit.stdout.size == 36_000 && result.end.count == 4_003)
    let file = try folder.file(proof)
    defer { try? file.close() }
    var reader = try TraceReader(file, named: folder.path, of: found)
    while try reader.next() != nil {}
    #expect(reader.summary.count == 4_003)
  }

  @Test func theRootDoesNotDependOnTheFramesOfTheTrace() async throws {
    let trace = try longTrace(8_000)
    let lines = String(decoding: trace, as: UTF8.self).split(separator: "\n").map { "\($0)\n" }
    var texts: [String] = []
    var rest = lines[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...900)
      texts.append(rest.prefix(count).joined())
      rest = rest.dropFirst(count)
    }
    let plain = try await build(trace, "plain")
    let framed = try await build(try seekable(texts), "framed")
    #expect(plain.0 == framed.0)
    #expect(plain.1 == framed.1)
  }

  @Test func aLineLongerThanAFrameIsAFrameOfItsOwn() async throws {
    var start = Sample.start
    start.argv = [(0..<400_000).map { "\($0 &* 7919 % 1_000_003)" }.joined()]
    let first = TraceEvent(sequence: 0, time: .zero, kind: .start(start)).json.bytes
    let trace = try longTrace(10)
    let rest = trace[(trace.firstIndex(of: UInt8(ascii: "\n")) ?? 0)...]
    let (result, proof) = try await build(first + rest, "proof")
    #expect(result.leaves == 2)
    #expect(result.start.argv == start.argv)
    #expect(try survey(proof).root == result.root)
  }

  @Test func anUnfinishedTraceMakesNoProof() async throws {
    let trace = try longTrace(5)
    let lines = String(decoding: trace, as: UTF8.self).split(separator: "\n").map { "\($0)\n" }
    await #expect(throws: ProofError.trace(TraceError(line: 7, .unfinished))) {
      try await build(Array(lines.dropLast().joined().utf8), "a")
    }
    await #expect(throws: ProofError.trace(TraceError(line: 7, .badCount(expected: 7, found: 8)))) {
      try await build(Array((lines[..<3] + lines[4...]).joined().utf8), "b")
    }
    await #expect(throws: ProofError.trace(TraceError(line: 1, .misplaced("stdout")))) {
      try await build(Array(lines[1...].joined().utf8), "c")
    }
    await #expect(throws: ProofError.frame(.noSeekTable)) {
      try await build(try seekable([lines.joined()], withTable: false), "d")
    }
  }

  @Test func aFileWithoutAnAttestationIsNoProof() throws {
    let line = String(decoding: Self.attestation, as: UTF8.self) + "\n"
    #expect(throws: ProofError.attestation(.missing)) { try survey(try seekable([line])) }
    #expect(throws: ProofError.attestation(.missing)) {
      try survey(try seekable(["{\"type\":\"end\"}\n", "{\"type\":\"end\"}\n"]))
    }
    #expect(throws: ProofError.frame(.noSeekTable)) {
      try survey(try seekable(["{}\n", line], withTable: false))
    }
    #expect(try survey(try seekable(["{}\n", line])).leaves.count == 1)
  }

  @Test func aFrameIsOpenedOnlyIfItIsTheOneHashed() async throws {
    let (_, proof) = try await build(try longTrace(5), "proof")
    var found = try survey(proof)
    found.leaves[0] = SHA256.hash([UInt8]())
    let file = try folder.file(proof)
    defer { try? file.close() }
    var reader = try TraceReader(file, named: folder.path, of: found)
    #expect(throws: ProofError.frame(.changedFrame(offset: 0))) { try reader.next() }
  }
}
