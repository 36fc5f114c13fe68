import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// One hostile job: what it needs, and what is to become of it.
struct HostileJob: CustomTestStringConvertible, Sendable {
  var name: String
  var arguments: [String] = []
  /// The limits that hold it in the sandbox.
  var limits: [String] = []
  /// The limits that let it pass without one.
  var looseLimits: [String] = []
  /// The limit that is to end it; nil where it is to fail by itself.
  var limit: String?
  /// Whether it may instead fail by itself, where no control group counts its memory.
  var mayBeRefused = false

  var testDescription: String { name }

  static let all: [HostileJob] = [
    HostileJob(
      name: "fork-bomb", limits: ["processes=32"], looseLimits: ["processes=400"],
      limit: "processes"),
    HostileJob(
      name: "memory-hog", limits: ["memory=67108864"], looseLimits: ["memory=1073741824"],
      limit: "memory"),
    HostileJob(
      name: "shared-memory-hog", limits: ["memory=67108864", "disk=83886080", "filesize=83886080"],
      looseLimits: ["memory=1073741824", "filesize=1073741824", "disk=1073741824"],
      limit: "memory"),
    HostileJob(
      name: "hidden-memory", limits: ["memory=67108864", "filesize=67108864"],
      looseLimits: ["memory=1073741824", "filesize=1073741824"], limit: "memory",
      mayBeRefused: true),
    HostileJob(
      name: "endless-output", limits: ["output=1048576"], looseLimits: ["output=67108864"],
      limit: "output"),
    HostileJob(
      name: "disk-filler", limits: ["disk=16777216"], looseLimits: ["disk=67108864"],
      limit: "disk"),
    HostileJob(
      name: "name-filler", limits: ["disk=16777216"], looseLimits: ["disk=1073741824"],
      limit: "disk"),
    HostileJob(
      name: "large-file", limits: ["filesize=8388608", "disk=33554432"],
      looseLimits: ["filesize=67108864", "disk=67108864"], limit: "filesize"),
    HostileJob(name: "cpu-burner", limits: ["cpu=1"], limit: "cpu"),
    HostileJob(name: "deaf", arguments: ["2"], limits: ["wall=0.7"], limit: "timeout"),
    HostileJob(name: "read-secrets", arguments: ["$SECRET", "/etc/shadow", "/root/.profile"]),
    HostileJob(name: "write-outside", arguments: ["$SECRET"]),
    HostileJob(name: "network", arguments: ["$PORT", "$SOCKET"]),
    HostileJob(name: "kill-others", arguments: ["$VICTIM"]),
    HostileJob(name: "links", arguments: ["$SECRET"], limits: ["collect=yes"]),
    HostileJob(name: "set-user-id"),
    HostileJob(name: "trace"),
    HostileJob(name: "terminal"),
    HostileJob(name: "kernel"),
    HostileJob(name: "foreign-calls"),
  ]
}

/// Shows each hostile job to succeed without a sandbox, and to fail in one.
@Suite(.serialized) struct HostileJobTests {
  @Test(arguments: HostileJob.all, RunnerUser.all)
  func isHeld(_ job: HostileJob, _ user: RunnerUser) async throws {
    for enforcement in ["automatic", "resourceLimits"] {
      let target = try await Target(for: user)
      let limits = job.limits + (job.limits.contains { $0.hasPrefix("wall") } ? [] : ["wall=20"])
      let held = try await target.run(
        "bubblewrap", enforcement, limits, job.name, target.filled(job.arguments))
      #expect(!held.text.contains("SUCCEEDED"), "\(held.text)")
      #expect(!held.text.contains("error "), "\(held.text)")
      let isRefused = job.mayBeRefused && held.text.contains("started rlimit")
      #expect(held.field("limit") == (isRefused ? "-" : job.limit ?? "-"), "\(held.text)")
      #expect(held.field("exit") != "0", "\(held.text)")
      #expect(target.isVictimAlive)
      #expect(target.secretIsIntact)
      for line in held.lines where line.hasPrefix("file ") {
        let taken = try target.output(String(line.split(separator: " ")[1]))
        #expect(!String(decoding: taken, as: UTF8.self).contains("secret"), "\(line)")
      }
      #expect(try target.leftovers() == [], "\(held.text)")
      // No control groups for this user here: the other way is the same again.
      if held.text.contains("started rlimit") { break }
    }
  }

  /// With the network a job reaches the machine's servers by number, and still none by a local name.
  @Test(arguments: RunnerUser.all)
  func theNetworkIsThereWhereAskedFor(_ user: RunnerUser) async throws {
    let target = try await Target(for: user)
    let reached = try await target.run(
      "bubblewrap", "automatic", ["network=yes", "wall=20"], "network",
      target.filled(["$PORT", "$SOCKET"]))
    #expect(reached.text.contains("SUCCEEDED ['tcp']"), "\(reached.text)")
  }

  @Test(arguments: HostileJob.all, RunnerUser.all)
  func succeedsWithoutASandbox(_ job: HostileJob, _ user: RunnerUser) async throws {
    // The kernel itself may refuse this one to all but root (dev.tty.legacy_tiocsti).
    let isRefusedAnyway = job.name == "terminal" && !user.isRoot && !Self.kernelLetsType
    let target = try await Target(for: user)
    let free = try await target.run(
      "none", "resourceLimits", job.looseLimits + ["wall=20"], job.name,
      target.filled(job.arguments))
    #expect(free.text.contains("SUCCEEDED") != isRefusedAnyway, "\(free.text)")
    if !isRefusedAnyway { #expect(free.field("exit") == "0", "\(free.text)") }
  }

  private static let kernelLetsType: Bool = {
    let setting = try? Vectors.bytes(of: "/proc/sys/dev/tty/legacy_tiocsti")
    return setting == nil || setting?.first == UInt8(ascii: "1")
  }()
}
