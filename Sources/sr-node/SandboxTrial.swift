import Files
import Records
import Sandbox
import SystemPackage

/// Small jobs, run in the sandbox to see whether it works and which interpreters there are inside it.
struct SandboxTrial {
  struct Interpreter {
    var name: String
    var path: FilePath
    var version: String
  }

  /// What holds a run to its limits here; nil where the sandbox does not work.
  private(set) var enforcement: String?
  /// Why it does not work.
  private(set) var failure: Failure?
  /// Programs that run inside it, and what they say of their version.
  private(set) var interpreters: [Interpreter] = []
  /// Programs on PATH that the sandbox must not reach, and why.
  private(set) var unreachable: [(name: String, failure: Failure)] = []

  private static let names = [
    "python3", "bash", "sh", "node", "perl", "ruby", "lua", "julia", "Rscript", "php",
  ]

  init(path: String, below state: FilePath) {
    do throws(SandboxError) {
      let executor = try Executor(path: path)
      let place = try Place(below: state.appending("runs"))
      enforcement = try place.run("/bin/true", by: executor).enforcement
      for name in Self.names { try look(for: name, in: place, by: executor) }
    } catch {
      failure = Failure(error)
    }
  }

  /// Runs one job that does nothing, and writes files as large as a small job's; throws why that is not possible.
  static func attempt(by executor: Executor, below folder: FilePath) throws(SandboxError) {
    let place = try Place(below: folder)
    _ = try place.run("/bin/true", by: executor)
    // Where files wait for the sandbox, and where runs leave theirs: at times two disks.
    for above in [place.staging.path, folder] {
      let path = above.appending("trial-\(Files.randomName())")
      do throws(FileError) {
        try Files.writeAtomically([UInt8](repeating: 0x2E, count: 1 << 20), to: path)
        try Files.removeTree(path)
      } catch {
        throw .system("write \(error.path)", error.errno)
      }
    }
  }

  private mutating func look(
    for name: String, in place: Place, by executor: Executor
  ) throws(SandboxError) {
    let program: HostProgram
    do throws(SandboxError) {
      program = try HostProgram.find(name, path: executor.path)
    } catch {
      if case .interpreterUnreachable = error { unreachable.append((name, Failure(error))) }
      return
    }
    let answer = try place.run(program.path.string, "--version", by: executor)
    interpreters.append(
      Interpreter(name: name, path: program.path, version: Self.version(in: answer.output)))
  }

  /// The first word that looks like a version: `3.11.2` of `Python 3.11.2`, `18.20.4` of `v18.20.4`.
  private static func version(in output: [UInt8]) -> String {
    let words = String(decoding: output.prefix(4096), as: UTF8.self)
      .split { !($0.isLetter || $0.isNumber || $0 == ".") }
    for word in words {
      let digits = word.first == "v" ? word.dropFirst() : word
      if digits.first?.isNumber == true, digits.contains(".") { return String(digits) }
    }
    return ""
  }

  /// An empty folder to run in.
  private struct Place {
    let staging: Staging
    let files: FilePath

    init(below folder: FilePath) throws(SandboxError) {
      do throws(FileError) { try Files.makeDirectories(folder) } catch {
        throw .system("create \(error.path)", error.errno)
      }
      staging = try Staging(below: folder)
      files = staging.path.appending("files")
      do throws(FileError) { try Files.makeDirectories(files) } catch {
        throw .system("create \(error.path)", error.errno)
      }
    }

    func run(
      _ words: String..., by executor: Executor
    ) throws(SandboxError) -> (enforcement: String, output: [UInt8]) {
      var enforcement = ""
      var output: [UInt8] = []
      let command = SandboxedCommand(
        arguments: words, files: files, limits: Limits(wallSeconds: 10))
      _ = try executor.run(command, in: staging, until: Cancellation(whenReadable: -1)) { event in
        switch event {
        case .started(let kind): enforcement = kind
        case .output(_, _, let bytes): output += bytes
        default: break
        }
      }
      return (enforcement, output)
    }
  }
}
