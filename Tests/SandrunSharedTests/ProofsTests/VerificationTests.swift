import Envelopes
import Ethereum
import Files
import Hashing
import IPFS
import Records
import SystemPackage
import Testing

@testable import Proofs

/// Each check fails alone when its own subject, and nothing else, is spoilt.
@Suite struct VerificationTests {
  @Test(arguments: [false, true]) func anHonestProofPasses(escrowed: Bool) async throws {
    let run = try RunFixture(escrowed: escrowed)
    let (file, entry) = try await run.prove()
    let verdict = try run.judge(file, entry)
    #expect(verdict.isOK, "\(verdict.checks)")
    let names = Check.Name.allCases.filter { $0 != .escrow || escrowed }
    #expect(verdict.checks.map(\.name) == names)
    #expect(verdict.checks.allSatisfy { $0.reason == nil })
  }

  @Test func aRunThatWasEndedHasAProofWithoutResultHash() async throws {
    let run = try RunFixture(killed: true)
    let (file, entry) = try await run.prove()
    #expect(entry["resultHash"] == nil && entry["signature"] == nil && entry["node"] != nil)
    #expect(try run.judge(file, entry).isOK)
    var claiming = try #require(entry.object)
    claiming["resultHash"] = .string(SHA256.hash([UInt8]()).description)
    #expect(try run.judge(file, .object(claiming)).failed == [.claim])
  }

  @Test func format() async throws {
    let run = try RunFixture()
    let (file, entry) = try await run.prove()
    for spoiled in [Array(file.dropLast()), file + [0], [], Array("{}\n".utf8)] {
      let verdict = try run.judge(spoiled, entry)
      #expect(verdict.failed == [.format])
      #expect(verdict.missing == verdict.checks.map(\.name).filter { $0 != .format })
    }
  }

  @Test func formatOfTheAttestation() async throws {
    let run = try RunFixture()
    let (_, entry) = try await run.prove()
    for line in [
      #"{"type":"attestation","envelope":{}}"#, #"{"type":"attestation"}"#, #"{"type":"end"}"#,
      #"{"type":"attestation","envelope":{"payloadType":"x","payload":"","signatures":[]}}"#,
    ] {
      let file = try seekable([run.trace, line + "\n"])
      #expect(try run.judge(file, entry).failed == [.format])
    }
  }

  /// The same lines in other frames: all that is signed is the frames' bytes.
  @Test func trace() async throws {
    let run = try RunFixture()
    let (file, entry) = try await run.prove()
    let attestation = "{" + (try readAll(file).text.split(separator: "\n").last ?? "").dropFirst()
    let lines = run.trace.split(separator: "\n").map { "\($0)\n" }
    let more = try seekable([lines[0], lines[1...].joined(), attestation + "\n"])
    #expect(try run.judge(more, entry).failed == [.trace])
    let compressor = try ZstdCompressor(level: 19)
    let frame = try compressor.frame(of: Array(run.trace.utf8).span)
    let last = try compressor.frame(of: Array((attestation + "\n").utf8).span)
    let sizes = [(frame, run.trace.utf8.count), (last, attestation.utf8.count + 1)]
    let table = SeekTable(
      entries: sizes.map {
        .init(
          compressed: UInt32($0.0.count), text: UInt32($0.1),
          checksum: SeekTable.word($0.0.span, $0.0.count - 4))
      })
    let other = try run.judge(frame + last + table.bytes, entry)
    #expect(frame != Array(file[..<frame.count]) && other.failed == [.trace])
  }

  @Test func events() async throws {
    var run = try RunFixture()
    let honest = run.trace
    for (find, replace) in [
      (#""seq":1,"#, #""seq":2,"#), (#""offset":0"#, #""offset":1"#), (#""size":3"#, #""size":4"#),
    ] {
      run.trace = honest.replacing(find, with: replace)
      #expect(run.trace != honest)
      let (file, entry) = try await run.prove()
      #expect(try run.judge(file, entry).failed == [.events], "\(replace)")
    }
    run.trace = honest
    let (file, entry) = try await run.prove()
    run.set("result", "logs", "stdout", "size", to: 7)
    #expect(try run.judge(file, entry).failed == [.events])
  }

  @Test func eventsOfAnotherRun() async throws {
    let run = try RunFixture()
    let other = CID(hashing: [1], codec: .dagPB)
    // What was signed is another run's, and so is all of the record but the trace.
    let (file, entry) = try await run.prove { $0.usage.cpuTime = .seconds(1) }
    #expect(try run.judge(file, entry).failed == [.events, .exit])
    var elsewhere = run
    elsewhere.set("code", "cid", to: .string(other.description))
    let second = try await run.prove { $0.code = other }
    #expect(try elsewhere.judge(second.file, second.entry).failed == [.events, .result])
  }

  @Test func signature() async throws {
    let run = try RunFixture()
    let (file, entry) = try await run.prove()
    let text = try readAll(file).text
    let line = try #require(text.split(separator: "\n").last)
    var envelope = try Envelope(try JSON(parsing: Array(line.utf8))["envelope"])
    let honest = envelope.signature
    for bytes in [
      RunFixture.signer(2).sign(message: envelope.preAuthenticationEncoding).bytes,
      run.node.sign(message: envelope.payload).bytes, Array(honest.dropLast()), [],
    ] {
      envelope.signature = bytes
      let spoiled: JSON = ["type": "attestation", "envelope": envelope.json]
      let file = try seekable([run.trace, spoiled.text + "\n"])
      #expect(try run.judge(file, entry).failed == [.signature])
    }
  }

  @Test func signer() async throws {
    let run = try RunFixture()
    let (file, entry) = try await run.prove()
    #expect(try run.judge(file, entry, signers: [RunFixture.signer(2).address]).failed == [.signer])
    #expect(try run.judge(file, entry, signers: []).failed == [.signer])
    let unknown = try run.judge(file, entry, asksNobody: true)
    #expect(unknown.failed == [] && unknown.missing == [.signer])
  }

  @Test func claim() async throws {
    let run = try RunFixture()
    let (file, entry) = try await run.prove()
    let other = SHA256.hash([UInt8]()).description
    for (name, value) in [
      ("signature", RunFixture.signer(2).sign(SHA256.hash([UInt8]())).description),
      ("signature", "0x"), ("resultHash", other), ("traceRoot", other),
      ("node", RunFixture.signer(2).address.description),
    ] {
      var spoiled = try #require(entry.object)
      spoiled[name] = .string(value)
      #expect(try run.judge(file, .object(spoiled)).failed == [.claim], "\(name)")
      spoiled[name] = nil
      let verdict = try run.judge(file, .object(spoiled))
      #expect(verdict.failed == [] && verdict.missing == [.claim], "\(name)")
    }
  }

  @Test func specification() async throws {
    var run = try RunFixture()
    let (file, entry) = try await run.prove()
    let honest = run
    run.set("job", "args", to: ["2"])
    #expect(try run.judge(file, entry).failed == [.specification])
    run = honest
    run.set("code", "spec", to: .string(CID(hashing: [1], codec: .raw).description))
    #expect(try run.judge(file, entry).failed == [.specification])
    run = honest
    run.set("job", to: nil)
    #expect(try run.judge(file, entry).missing == [.specification])
    // Where the sources lie is no part of it.
    run = honest
    run.set("job", "source", to: nil)
    #expect(try run.judge(file, entry).isOK)
  }

  @Test func code() async throws {
    var run = try RunFixture()
    let (file, entry) = try await run.prove()
    run.set("code", "cid", to: .string(CID(hashing: [1], codec: .dagPB).description))
    #expect(try run.judge(file, entry).failed == [.code])
    run.set("code", "cid", to: nil)
    #expect(try run.judge(file, entry).missing == [.code])
  }

  @Test func outputs() async throws {
    var run = try RunFixture()
    let (file, entry) = try await run.prove()
    let honest = run
    run.set("result", "outputs", "cid", to: .string(RunFixture.code.description))
    #expect(try run.judge(file, entry).failed == [.outputs])
    run = honest
    run.set("result", "outputs", "cid", to: nil)
    #expect(try run.judge(file, entry).missing == [.outputs])
    try RunFixture.spoil(Array("bee".utf8), in: honest.folder.path.appending("ipfs/packs"))
    #expect(try honest.judge(file, entry).failed == [.outputs])
    try Files.removeTree(honest.folder.path.appending("ipfs"))
    let away = RunFixture.Elsewhere(try Repository(at: honest.folder.path.appending("none")))
    let check = try away.judge(honest, file, entry).checks.first { $0.name == .outputs }
    #expect(check?.status == .passed && check?.reason?.contains("not held here") == true)
  }

  @Test func exit() async throws {
    var run = try RunFixture()
    let (file, entry) = try await run.prove()
    let honest = run
    run.set("result", "exitCode", to: 1)
    #expect(try run.judge(file, entry).failed == [.exit])
    run = honest
    run.set("result", "reason", to: "timeout")
    #expect(try run.judge(file, entry).failed == [.exit])
    run = honest
    run.set("result", "usage", "cpuSeconds", to: 0)
    #expect(try run.judge(file, entry).failed == [.exit])
    run = honest
    run.set("result", to: nil)
    let verdict = try run.judge(file, entry)
    #expect(verdict.failed == [] && verdict.missing == [.outputs, .exit])
  }

  /// Whatever is changed in a proof file, it is no proof of another run, and nothing crashes.
  @Test func noFlippedBitMakesAnotherProof() async throws {
    let run = try RunFixture()
    let (file, entry) = try await run.prove()
    var passed = 0
    for index in stride(from: 0, to: file.count, by: 3) {
      var flipped = file
      flipped[index] ^= 1 << UInt8.random(in: 0..<8)
      if try run.judge(flipped, entry).isOK { passed += 1 }
    }
    // In the attestation's frame alone a few bits say nothing to zstd.
    #expect(passed <= 5)
  }

  @Test func result() async throws {
    let run = try RunFixture()
    let other = SHA256.hash([UInt8]())
    let (file, entry) = try await run.prove { $0.resultHash = other }
    #expect(try run.judge(file, entry).failed == [.result])
    let without = try await run.prove { $0.resultHash = nil }
    #expect(try run.judge(without.file, without.entry).missing == [.result])
  }

  @Test func escrow() async throws {
    var run = try RunFixture(escrowed: true)
    let (file, entry) = try await run.prove()
    run.set("escrow", "contract", to: .string(RunFixture.signer(9).address.description))
    #expect(try run.judge(file, entry).failed == [.escrow])
    run.set("escrow", to: nil)
    let verdict = try run.judge(file, entry)
    // Without the record's escrow nothing says which contract the claim is for.
    #expect(verdict.failed == [.claim] && verdict.missing == [.escrow])
    let plain = try RunFixture()
    let (plainFile, plainEntry) = try await plain.prove()
    var escrowed = try RunFixture(escrowed: true)
    escrowed.set("job", to: plain.record["job"])
    #expect(try escrowed.judge(plainFile, plainEntry).failed == [.claim, .escrow])
  }
}

extension RunFixture {
  /// Changes the first place in any file of a folder where these bytes stand.
  static func spoil(_ bytes: [UInt8], in folder: FilePath) throws {
    for name in try Files.list(folder) {
      let path = folder.appending(name)
      var content = try Files.read(path)
      for start in content.indices.dropLast(bytes.count - 1)
      where Array(content[start..<start + bytes.count]) == bytes {
        content[start] ^= 1
        let file = try FileDescriptor.open(path, .writeOnly)
        try file.writeAll(content)
        try file.close()
        return
      }
    }
    throw Errno.noSuchFileOrDirectory
  }

  /// The same judge on a machine with another repository.
  struct Elsewhere {
    var repository: Repository
    init(_ repository: Repository) { self.repository = repository }
    func judge(_ run: RunFixture, _ file: [UInt8], _ entry: JSON) throws -> Verdict {
      let descriptor = try run.folder.file(file, "judged")
      defer { try? descriptor.close() }
      let verification = Verification(
        record: try RunRecord(Record(run.record)), signers: [run.node.address],
        repository: repository)
      return Verdict(
        checks: verification.checks(of: try ProofEntry(entry), in: descriptor, named: "proof"))
    }
  }
}
