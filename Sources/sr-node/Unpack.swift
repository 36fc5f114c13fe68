import ArgumentParser
import Commands
import Files
import Records
import SystemPackage
import Unpacking

#if canImport(Glibc)
  import Glibc
#endif

/// What `serve` starts to unpack a stranger's archive: it holds no key, and a limit on all it could use up.
///
/// It answers in one line: `unpacked` with what came out, `refused` with what is wrong with the archive, or `full`.
struct Unpack: Command {
  static let configuration = CommandConfiguration(
    abstract: "Unpack an archive that 'serve' was sent; for its own use.", shouldDisplay: false)

  @Option(help: "Stop beyond <n> bytes of files.")
  var maxBytes: Int

  @Option(help: "Stop beyond <n> entries.")
  var maxFiles: Int

  @Argument(help: "The archive.")
  var archive: String

  @Argument(help: "The folder to make.")
  var folder: String

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard maxBytes > 0, maxFiles > 0 else { throw ValidationError("a limit must be above 0") }
  }

  func run(in world: World) throws(Failure) -> Failure.Status {
    Self.confine(fileSize: maxBytes)
    let limits = UnpackLimits(
      entries: maxFiles, bytes: UInt64(maxBytes), fileBytes: UInt64(maxBytes))
    let content: Unpacker.Content
    do throws(UnpackError) {
      content = try Unpacker.unpack(FilePath(archive), into: FilePath(folder), limits: limits)
    } catch .file(let error) where [.noSpace, .diskQuotaExceeded].contains(error.errno) {
      try world.write(Record(["full": true]))
      return .temporary
    } catch .file(let error) {
      throw Failure(.io, "\(error)")
    } catch {
      try world.write(Record(["refused": .string("\(error)")]))
      return .data
    }
    try world.write(
      Record([
        "unpacked": ["entries": .integer(content.entries), "bytes": .integer(content.bytes)]
      ]))
    return .done
  }

  /// Bounds what a flaw in the reading of archives could be used for; the C function is `setrlimit`.
  private static func confine(fileSize: Int) {
    // Ten minutes of work, the windows of the strongest compression, the folders on the way to a file.
    let limits: [(__rlimit_resource, UInt)] = [
      (RLIMIT_CPU, 600), (RLIMIT_AS, 2 << 30), (RLIMIT_NOFILE, 256), (RLIMIT_CORE, 0),
      (RLIMIT_FSIZE, UInt(fileSize)),
    ]
    for (resource, value) in limits {
      var limit = rlimit(rlim_cur: value, rlim_max: value)
      unsafe setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
  }
}
