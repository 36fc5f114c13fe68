import Ethereum
import Files
import Marketplace
import Records
import SystemPackage
import Testing

@testable import Proofs

/// Several nodes' runs of one job, their proofs in one state folder, judged as the tools do.
struct ConsensusFixture {
  let home: TemporaryFolder
  let location: ProofLocation
  private(set) var runs: [(run: RunFixture, entry: JSON)] = []

  init() throws {
    home = try TemporaryFolder()
    let folders = try #require(
      UserFolders(environment: ["HOME": home.path.string]), "the test's own home")
    location = try ProofLocation(folders)
  }

  /// Lets a node prove its run; what it signs may be changed before.
  mutating func add(
    _ run: RunFixture, changing change: (inout Statement) -> Void = { _ in }
  ) async throws {
    let folder = home.path.appending(".local/state/sandrun/runs/\(runs.count)")
    try Files.makeDirectories(folder)
    let (file, entry) = try await run.prove(changing: change)
    let path = folder.appending("proof.jsonl.zst")
    let descriptor = try FileDescriptor.open(
      path, .writeOnly, options: [.create], permissions: .ownerReadWrite)
    try descriptor.writeAll(file)
    try descriptor.close()
    var object = try #require(entry.object)
    object["path"] = .string(path.string)
    runs.append((run, .object(object)))
  }

  /// The record of one node alone, judged.
  func single(_ index: Int) throws -> Record {
    let run = runs[index].run
    return try judged(Record(run.record), [runs[index].entry], [run.node.address])
  }

  /// One record with all proofs and one node's result, judged.
  func together(resultOf index: Int = 0) throws -> Record {
    try judged(
      Record(runs[index].run.record), runs.map(\.entry), runs.map(\.run.node.address))
  }

  func judged(_ record: Record, _ entries: [JSON], _ signers: [Address]) throws -> Record {
    let record = record.setting("proofs", to: .array(entries))
    let verification = Verification(
      record: try RunRecord(record), signers: signers, repository: nil)
    let proofs = try record.proofs()
    var checks: [JSON] = []
    for (index, judged) in verification.checks(of: proofs, at: location).enumerated() {
      checks += judged.map { $0.json(proof: index, node: proofs[index].node) }
    }
    return record.setting("verdict", to: ["ok": false, "checks": .array(checks)])
  }

  /// What a record comes to.
  func decide(
    _ record: Record, _ quorum: String = "2-of-3", _ strategy: ConsensusStrategy = .kOfN,
    unverified: Bool = false
  ) throws -> Agreement {
    let entries = try record.proofs()
    return try Agreement(
      try Ballot(record, takingTheirWord: unverified), try #require(Quorum(quorum)), by: strategy
    ) { location.finish(of: entries[$0.proof]) }
  }

  /// Three nodes' runs, of which the third left another file.
  static func twoOfThree() async throws -> ConsensusFixture {
    var fixture = try ConsensusFixture()
    try await fixture.add(RunFixture(node: 1, started: 30))
    let usage = TraceUsage(cpuTime: .seconds(1), wallTime: .seconds(3), memoryPeak: nil)
    try await fixture.add(RunFixture(node: 2, started: 20, usage: usage))
    try await fixture.add(RunFixture(node: 3, output: "wasp", started: 10, usage: usage))
    return fixture
  }
}
