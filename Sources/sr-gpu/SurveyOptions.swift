public import ArgumentParser
import Commands
public import GPUs
import Records

/// Which devices a verb looks at.
struct SurveyOptions: ParsableArguments, Sendable {
  @Option(help: "Look through <backend> alone: cuda or opencl.")
  var backend: GPU.Backend?

  @Flag(help: "Take in the machine's own processors, where OpenCL drives them.")
  var cpu = false

  /// Looks at this machine; what kept an interface from being asked is told with `-v`, where two sources differ always.
  func survey(in world: World) -> GPUSurvey {
    let survey = GPUSurvey(backend.map { [$0] } ?? GPU.Backend.allCases, processors: cpu)
    for obstacle in survey.obstacles {
      world.detail("\(obstacle.interface): \(obstacle.reason)")
    }
    for gpu in survey.gpus {
      for disagreement in gpu.disagreements {
        world.note(
          "warning: the sources differ on GPU \(gpu.index): \(JSON.object(disagreement).text)")
      }
    }
    return survey
  }
}

extension GPU.Backend: ExpressibleByArgument {}

extension GPUSurvey {
  /// Throws 69 where there is no device at all, with what stood in the way.
  func demandDevices() throws(Failure) {
    guard gpus.isEmpty else { return }
    let reasons = obstacles.map { "\($0.interface): \($0.reason)" }.joined(separator: "; ")
    throw Failure(
      .unavailable, "no GPU here" + (reasons.isEmpty ? "" : " (\(reasons))"), code: "no-device",
      hint:
        "install the GPU's driver, or an OpenCL one; --cpu takes the processor where OpenCL drives it"
    )
  }
}
