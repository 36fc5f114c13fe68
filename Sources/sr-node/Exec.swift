import ArgumentParser
import Commands
import Dispatch
import IPFS
import Records
import Sandbox

struct Exec: RecordVerb {
  static let configuration = CommandConfiguration(
    abstract: "Run the job of each record in a sandbox, and add 'result'.",
    discussion: """
      $ sr-job new hello.py | sr-ipfs add | sr-node exec | jq .result
      Takes the code by its CID from the local repository, and nothing by a path. Ends with the \
      job's own status where that is 1 to 63, with 1 where it failed in another way.
      """)

  @OptionGroup var confinement: ConfinementOptions
  @OptionGroup var stream: StreamOptions

  func process(_ input: Record, in world: World) async throws(Failure) -> Record {
    let order = try JobOrder(input)
    let executor = try confinement.executor(in: world)
    let interruption = world.interruption
    let run = JobRun(
      order: order, executor: executor, place: try Self.place(of: order, in: world),
      stop: RunStop(
        cancellation: Cancellation(whenReadable: interruption.descriptor),
        isRequested: { interruption.isRequested }), world: world)
    // A run waits for its processes: on a thread of its own, which must outlive them.
    let result: Result<JSONObject, Failure> = await withCheckedContinuation { continuation in
      // The global queue has as many threads as there are cores; a queue of its own has one.
      DispatchQueue(label: "sandrun.run").async {
        do throws(Failure) {
          continuation.resume(returning: .success(try run.perform()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return input.setting("result", to: .object(try result.get()))
  }

  func status(of output: Record) -> Failure.Status {
    guard let result = (try? output["result"]) ?? nil else { return .internalError }
    if result["status"]?.string == "completed" { return .done }
    if result["reason"] == nil, let code = result["exitCode"]?.integer, (1...63).contains(code) {
      return Failure.Status(rawValue: Int32(code))
    }
    return .answerNo
  }

  private static func place(of order: JobOrder, in world: World) throws(Failure) -> RunPlace {
    let folders = try world.folders
    do throws(RepositoryError) {
      return try RunPlace(of: order, in: folders)
    } catch {
      throw Failure(error)
    }
  }
}
