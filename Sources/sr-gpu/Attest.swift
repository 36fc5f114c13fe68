import ArgumentParser
import Commands
import Ethereum
import GPUAttestation
import Hashing
import Records
import Signing

struct Attest: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show that the GPUs have the memory they tell of, or verify what shows it.",
    discussion: """
      Fills a GPU's memory with what only one who has that memory computes in time, for a seed that the verifier has \
      just made up, and signs what comes of it. With --verify, reads such records, and adds 'verdict'; the status is 1 \
      where one is false.

      $ sr-gpu attest --seed $seed | sr-gpu attest --verify --seed $seed --within 60s | jq .verdict
      """)

  @Option(
    help: "The verifier's <seed>: 64 hexadecimal digits.", transform: { try Self.seed($0) })
  var seed: Digest32?

  @Flag(help: "Verify the records on standard input.")
  var verify = false

  @Flag(help: "With --verify: take a record for any seed, an old one, too.")
  var anySeed = false

  @Option(
    help: "Fill <size> of the memory; with --verify, demand so much, not three quarters of it.",
    transform: { text in
      do throws(UnitError) { return try ByteSize.parse(text) } catch {
        throw ValidationError("\(error)")
      }
    })
  var memory: Int?

  @Option(help: "Open <n> cells, of 64 to 1024; with --verify, demand so many.")
  var openings = ArrayShape.defaultOpenings

  @Option(
    parsing: .unconditional,
    help: "With --verify: refuse what comes later than <duration> after the start.")
  var within: String?

  @Option(
    help: "With --verify: accept what <address> signed alone; may be given more than once.",
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  var signedBy: [Address] = []

  @OptionGroup var devices: SurveyOptions
  @OptionGroup var signing: SignerOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "Attest these GPUs alone: an index or a UUID of 'list'.")
  var gpus: [String] = []

  func validate() throws {
    guard ArrayShape.openingBounds.contains(openings) else {
      throw ValidationError("--openings takes 64 to 1024")
    }
    if let memory, !ArrayShape.byteBounds.contains(memory) {
      throw ValidationError(
        "--memory takes \(ArrayShape.byteBounds.lowerBound) to \(ArrayShape.byteBounds.upperBound) bytes, "
          + "not \(memory)")
    }
    _ = try limit()
    if verify {
      guard gpus.isEmpty else {
        throw ValidationError("what is verified comes as records on standard input")
      }
      guard (seed == nil) == anySeed else {
        throw ValidationError(
          "--verify takes --seed, so that no old record passes, or --any-seed")
      }
      guard devices.backend == nil, !devices.cpu else {
        throw ValidationError("--backend and --cpu are for what attests, not for --verify")
      }
    } else {
      guard seed != nil else { throw ValidationError("--seed is needed, or --verify") }
      guard within == nil, signedBy.isEmpty, !anySeed else {
        throw ValidationError("--within, --signed-by and --any-seed go with --verify")
      }
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    if verify { return try await verifying(in: world) }
    guard let seed else { throw Failure(.usage, "--seed is needed, or --verify") }
    let signatory = try signing.signatory(in: world)
    let node = try signatory.account()
    // A passphrase is asked for before anything is computed in vain.
    try signatory.unlock()
    return try AttestSession(
      seed: seed, node: node, memory: memory, openings: openings, signatory: signatory
    ).run(devices, gpus, in: world)
  }

  private func verifying(in world: World) async throws(Failure) -> Failure.Status {
    let clock = ContinuousClock()
    let start = clock.now
    let limit: Duration?
    do { limit = try self.limit() } catch { throw Failure(.usage, "\(error)") }
    if anySeed { world.note("any seed is taken: an old record passes as well as a new one") }
    if limit == nil {
      world.note("without --within nobody knows that it was the GPU's own memory that was filled")
    }
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let taken = clock.now - start
      guard let member = try input.object("attestation") else {
        throw Failure(.data, "the record has no \"attestation\"")
      }
      let verdict = GPUVerdict(
        try GPUAttestation(member), gpu: try input["gpu"],
        GPUDemands(
          seed: seed, time: limit.map { ($0, taken) }, signers: signedBy, memory: memory,
          openings: openings))
      for check in verdict.checks {
        if let reason = check.reason { world.note("\(check.name) failed: \(reason)") }
      }
      try emitter.emit(
        input.setting("verdict", to: verdict.json), status: verdict.isOK ? .done : .answerNo)
    }
  }

  private func limit() throws(ValidationError) -> Duration? {
    guard let within else { return nil }
    guard let limit = try? Seconds.parse(within), limit > .zero else {
      throw ValidationError("--within takes a duration such as 60s")
    }
    return limit
  }

  private static func seed(_ text: String) throws -> Digest32 {
    guard let seed = try? Digest32(hex: text.hasPrefix("0x") ? text : "0x" + text) else {
      throw ValidationError("--seed takes 64 hexadecimal digits")
    }
    return seed
  }
}
