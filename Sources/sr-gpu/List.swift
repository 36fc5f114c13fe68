import ArgumentParser
import Commands
import GPUs
import Records

struct List: Command {
  static let configuration = CommandConfiguration(
    abstract: "Tell what GPUs are here: a record with 'gpu' for each.",
    discussion: """
      What no source tells is null, with the reason in 'gpu.reasons'. Where CUDA, NVML and the kernel differ, \
      'gpu.disagreements' has each one's word.

      $ sr-gpu list | jq -r '.gpu | [.index, .name, .memory] | @tsv'
      """)

  @OptionGroup var devices: SurveyOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let survey = devices.survey(in: world)
    try survey.demandDevices()
    var status = Failure.Status.done
    for gpu in survey.gpus {
      try world.output.write(Record(["gpu": gpu.json]).bytes + [UInt8(ascii: "\n")])
      if let loss = gpu.facts.loss {
        world.report(Failure(.unavailable, "GPU \(gpu.index): \(loss)"))
        status = .unavailable
      }
    }
    return status
  }
}
