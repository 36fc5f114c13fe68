import Commands
import Files
import Marketplace
import Records
import SystemPackage

extension JobOptions {
  /// A job with the limits that the environment or the configuration gives where no option does.
  ///
  /// Its entrypoint stands for one that is not known yet.
  func begin(_ id: String, in world: World) throws(Failure) -> Job {
    var job = Job(
      id: id, entrypoint: Self.unknownEntrypoint, memory: Job.memoryFloor, timeout: 1,
      consensus: try quorum("none"))
    if timeout == nil { job.timeout = try value(of: .timeout, in: world, seconds) }
    if memory == nil { job.memory = try value(of: .memory, in: world, bytes) }
    if consensus == nil { job.consensus = try value(of: .consensus, in: world, quorum) }
    do throws(JobError) {
      try job.check()
    } catch {
      let key: ConfigKey = error.member == "job.memory" ? .memory : .timeout
      throw Failure(.configuration, "\(try place(of: key, in: world)): \(error)")
    }
    return job
  }

  /// A name that no input goes by.
  static var unknownEntrypoint: String { Files.randomName() }

  private func value<T>(
    of key: ConfigKey, in world: World, _ read: (String, String) throws(Failure) -> T
  ) throws(Failure) -> T {
    let text = try world.setting(key) ?? ""
    let place = try place(of: key, in: world)
    do throws(Failure) {
      return try read(text, place)
    } catch {
      throw Failure(.configuration, error.message, hint: error.hint)
    }
  }

  /// Where a setting that no flag gives comes from, for people.
  private func place(of key: ConfigKey, in world: World) throws(Failure) -> String {
    guard world.environment[key.variable, default: ""].isEmpty else { return key.variable }
    return "\(key.name) in \(try world.folders.config.appending("config.json"))"
  }
}
