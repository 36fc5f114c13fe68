import Commands
import Computing
import Ethereum
import GPUAttestation
import GPUBenchmarks
import GPUs
import Hashing
import Records
import Signing

/// The attesting of GPUs one after another.
struct AttestSession {
  let seed: Digest32
  let node: Address
  let memory: Int?
  let openings: Int
  let signatory: Signatory

  /// Writes a record for each GPU; what one lacks is told, and is no reason to leave out the next.
  func run(
    _ devices: SurveyOptions, _ names: [String], in world: World
  ) throws(Failure) -> Failure.Status {
    BenchSubject.prepare()
    let survey = devices.survey(in: world)
    try survey.demandDevices()
    let chosen = try Bench.chosen(names, of: survey)
    let line = StatusLine(in: world)
    var status = Failure.Status.done
    for (place, gpu) in chosen.enumerated() where !world.interruption.isRequested {
      line.show(
        ["attest: GPU \(gpu.index)", gpu.name ?? ""],
        fraction: Double(place) / Double(chosen.count))
      let outcome = attestation(of: gpu, in: world)
      line.clear()
      switch outcome {
      case .success(let unsigned):
        try world.output.write(try signed(unsigned).bytes + [UInt8(ascii: "\n")])
      case .failure(.stopped): break
      // Compilers that drivers bring along drop what they do at the signal, too, and call that a failure.
      case .failure(.device) where world.interruption.isRequested: break
      case .failure(let error):
        let failure: Failure.Status
        if case .wrongResult = error { failure = .answerNo } else { failure = .unavailable }
        world.report(Failure(failure, "GPU \(gpu.index): \(error)"))
        // A wrong result says more of a GPU than one that is missing.
        if status != .answerNo { status = failure }
      }
    }
    guard !world.interruption.isRequested else { throw .interrupted }
    return status
  }

  private func attestation(
    of gpu: GPU, in world: World
  ) -> Result<(statement: GPUStatement, evidence: ArrayEvidence), ProvingError> {
    let clock = ContinuousClock()
    let (start, time) = (clock.now, world.now())
    do throws(ProvingError) {
      let prover = try prover(of: gpu)
      let room = memory ?? prover.room
      let fitting =
        memory == nil
        ? GPUProver.shape(fitting: room, openings: openings)
        : ArrayShape(fitting: room, openings: openings)
      guard let shape = fitting else {
        throw .device(.memory(room, reason: "the least array has 262144"))
      }
      let inventory = gpu.json.object ?? [:]
      let challenge = ArrayChallenge(
        seed: seed, identity: GPUStatement.identity(node: node, gpu: inventory), shape: shape)
      world.detail("GPU \(gpu.index): \(shape.byteCount) bytes, \(shape.lanes) lanes")
      let (evidence, seconds) = try prover.evidence(for: challenge) {
        world.interruption.isRequested
      }
      let statement = GPUStatement(
        node: node, gpu: inventory, challenge: challenge, roots: evidence.roots,
        deviceTime: .seconds(seconds), wallTime: clock.now - start, time: time)
      return .success((statement, evidence))
    } catch { return .failure(error) }
  }

  private func prover(of gpu: GPU) throws(ProvingError) -> GPUProver {
    do throws(ComputeError) { return try GPUProver(gpu) } catch { throw .device(error) }
  }

  private func signed(
    _ unsigned: (statement: GPUStatement, evidence: ArrayEvidence)
  ) throws(Failure) -> Record {
    let inventory = Record(["gpu": .object(unsigned.statement.gpu)])
    let signature = try signatory.sign(unsigned.statement.digest, as: node, of: inventory)
    let attestation = GPUAttestation(unsigned.statement, unsigned.evidence, signature)
    return inventory.setting("attestation", to: attestation.json)
  }
}
