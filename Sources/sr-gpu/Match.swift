import ArgumentParser
import Commands
import GPUs
import Marketplace
import Records

struct Match: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell which GPUs here satisfy a requirement, or a job's.",
    discussion: """
      Adds 'match': 'ok', the requirement, and each GPU with whether it satisfies it or what it lacks. The status is 1 \
      where a requirement was not met.

      $ sr-gpu match 'cuda:24GB:2,compute>=8.0'
      $ sr-job new train.py --gpu a100:40GB | sr-gpu match | jq .match.ok
      """)
  static let operandMember: String? = "requires"

  @Option(help: "Answer for <requirement> alone, and read nothing.")
  var requires: String?

  @OptionGroup var devices: SurveyOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A requirement: type[:memory[:count]][,compute>=x.y].")
  var operands: [String] = []

  func validate() throws {
    if requires != nil, !operands.isEmpty {
      throw ValidationError("--requires and operands exclude each other")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let survey = devices.survey(in: world)
    let operands = requires.map { [$0] } ?? self.operands
    return try await pipeline(in: world, operands: operands).run { input, emitter throws(Failure) in
      guard let wanted = try requirement(of: input) else { return try emitter.emit(input) }
      // A job that asks for no GPU passes where there is none, too.
      try survey.demandDevices()
      let answer = GPUMatch(wanted, among: survey.gpus)
      if let lack = answer.lack { world.note("\(wanted): \(lack)") }
      try emitter.emit(
        input.setting("match", to: answer.json), status: answer.isMet ? .done : .answerNo)
    }
  }

  /// What an operand or a job asks for; nil where a job asks for no GPU.
  private func requirement(of input: Record) throws(Failure) -> GPURequirement? {
    if input.has("requires") {
      let text = try input.operand("requires")
      return try Self.reading { () throws(UnitError) in try GPURequirement(text) }
    }
    guard let job = try input.object("job") else {
      throw Failure(
        .data, "a record with neither \"job\" nor \"requires\"",
        hint: "a requirement is an operand: cuda:2GB")
    }
    guard let gpu = job["gpu"], gpu != .null else { return nil }
    guard let object = gpu.object else {
      throw Failure(.data, "job.gpu is \(gpu.kind), not an object")
    }
    return try Self.reading { () throws(UnitError) in try GPURequirement(object) }
  }

  private static func reading(
    _ body: () throws(UnitError) -> GPURequirement
  ) throws(Failure) -> GPURequirement {
    do throws(UnitError) { return try body() } catch { throw Failure(.data, "\(error)") }
  }
}
