import ArgumentParser
import Commands
import Files
import IPFS
import Proofs
import Records
import SystemPackage

struct Show: StreamVerb {
  static let configuration = CommandConfiguration(
    abstract: "Show what a proof file holds, or each proof of a record, in 'proof'.",
    discussion: """
      An operand is a path or a CID; of a record each element of 'proofs' is shown. Nothing is \
      judged: that is for 'verify'.
      """)
  static let operandMember: String? = "path"

  @Flag(help: "Print the lines of the trace instead, each as a record; a trace may be unfinished.")
  var trace = false

  @OptionGroup var stream: StreamOptions
  @Argument(
    help: ArgumentHelp("Proof files, by path or CID.", valueName: "proof"), completion: .file())
  var operands: [String] = []

  private typealias Found = (descriptor: FileDescriptor, path: FilePath)

  func process(_ input: Record, in world: World, to emitter: Emitter) async throws(Failure) {
    let location = try ProofLocation(try world.folders)
    if input.has("path"), !input.has("proofs") {
      let name = try input.path()
      return try show(try found(name, location), of: input, in: world, emitter)
    }
    let entries = try input.proofs()
    if entries.isEmpty { throw Failure(.missingInput, "the record has no proofs") }
    for entry in entries {
      let found: Found
      do throws(ProofAbsence) { found = try location.open(entry) } catch {
        throw Failure(.missingInput, error.reason)
      }
      try show(found, of: input, in: world, emitter)
    }
  }

  /// The file that the user named, or the content of the CID that he named.
  private func found(_ name: String, _ location: ProofLocation) throws(Failure) -> Found {
    let path = FilePath(name)
    do {
      return (try FileDescriptor.open(path, .readOnly, options: [.closeOnExec]), path)
    } catch {
      let errno = error as? Errno ?? .ioError
      guard errno == .noSuchFileOrDirectory, let cid = try? CID(parsing: name) else {
        throw Failure(.file(FileError("open", path, errno)), in: path)
      }
      do throws(ProofAbsence) { return try location.spool(cid) } catch {
        throw Failure(.missingInput, error.reason)
      }
    }
  }

  private func show(
    _ file: Found, of input: Record, in world: World, _ emitter: Emitter
  ) throws(Failure) {
    defer { try? file.descriptor.close() }
    if trace { return try showTrace(file, in: world, emitter) }
    let summary: ProofSummary
    do throws(ProofError) {
      summary = try ProofSummary(file.descriptor, named: file.path)
    } catch {
      throw Failure(error, in: file.path)
    }
    try emitter.emit(input.setting("proof", to: summary.json))
  }

  /// The lines as they stand: of a proof, of a trace, or of what there is of one.
  private func showTrace(_ file: Found, in world: World, _ emitter: Emitter) throws(Failure) {
    var reader: TraceReader
    do { reader = try TraceReader(proofOrTrace: file.descriptor, named: file.path) } catch {
      throw Failure(error, in: file.path)
    }
    while let event = try reader.nextEvent(of: file.path) { try emitter.emit(event.record) }
    if reader.summary.end == nil { world.note("\(file.path): the trace is unfinished") }
  }
}

extension TraceReader {
  fileprivate mutating func nextEvent(of path: FilePath) throws(Failure) -> TraceEvent? {
    do { return try next() } catch { throw Failure(error, in: path) }
  }
}
