internal import Files
internal import HTTPTypes
internal import Hashing
internal import NIOCore
internal import Synchronization
internal import SystemPackage

/// The parts of one submission on their way to disk; memory holds the manifest and one piece of a file.
///
/// One thread at a time uses it.
final class Intake: Sendable {
  /// What bounds a submission.
  struct Limits: Sendable {
    var bytes: Int
    var files: Int
    /// The longest manifest.
    let manifest = 1 << 20
  }

  /// A file as it was sent.
  struct File: Equatable, Sendable {
    /// Where it goes in the job's folder, or the archive's own name.
    var name: String
    /// Where it lies now.
    var path: FilePath
    /// Whether it is an archive, to be unpacked.
    var isArchive: Bool
  }

  /// All that was sent.
  struct Content: Sendable {
    var manifest: [UInt8]?
    var files: [File] = []
    /// The script that came as the field `code`.
    var script: File?
    /// Names all parts: the same for the same submission, whatever its boundary.
    var digest: Digest32
  }

  private enum Target {
    case manifest
    case file
  }

  private struct State: ~Copyable {
    var manifest: [UInt8]?
    var files: [File] = []
    var script: File?
    var target: Target?
    var open: SystemPackage.FileDescriptor?
    var written = 0
    var gathered = ByteBuffer()
    var digest = SHA256()
    var partDigest = SHA256()
    var partLength = 0
  }

  private let folder: FilePath
  private let limits: Limits
  private let isHashed: Bool
  private let state = Mutex(State())

  /// Takes parts into a folder; the digest is computed only where it is `hashed`.
  init(into folder: FilePath, limits: Limits, hashed: Bool) {
    self.folder = folder
    self.limits = limits
    isHashed = hashed
  }

  deinit { state.withLock { try? $0.open?.close() } }

  /// How many bytes are gathered before they are written.
  static let stretch = 1 << 20

  /// Takes what the parser found; true once there is enough in memory to be written.
  func take(_ event: MultipartParser.Event) throws -> Bool {
    try state.withLock { state in
      switch event {
      case .part(let head):
        try begin(head, &state)
        return false
      case .data(let bytes):
        state.gathered.writeImmutableBuffer(bytes)
        if state.target == .manifest {
          guard state.gathered.readableBytes <= limits.manifest else {
            throw RequestError(
              .contentTooLarge, "the manifest has more than \(limits.manifest) bytes")
          }
          return false
        }
        return state.gathered.readableBytes >= Self.stretch
      case .partEnd: return true
      case .end: return false
      }
    }
  }

  /// Writes what was gathered; `ends` where the part is over.
  func write(ends: Bool) throws {
    try state.withLock { state in
      let bytes = state.gathered
      state.gathered = ByteBuffer()
      if isHashed {
        state.partDigest.update(bytes.readableBytesSpan)
        state.partLength += bytes.readableBytes
      }
      if state.target == .manifest {
        state.manifest = Array(bytes.readableBytesView)
      } else if let open = state.open {
        state.written += bytes.readableBytes
        guard state.written <= limits.bytes else {
          throw RequestError(.contentTooLarge, "the upload has more than \(limits.bytes) bytes")
        }
        do { try unsafe bytes.withUnsafeReadableBytes { _ = try unsafe open.writeAll($0) } } catch {
          throw RequestError(Self.failure("write", folder, error))
        }
      }
      guard ends else { return }
      if let open = state.open {
        state.open = nil
        do { try open.close() } catch { throw RequestError(Self.failure("write", folder, error)) }
      }
      state.target = nil
      if isHashed {
        state.digest.update(Self.frame("\(state.partLength)"))
        state.digest.update(state.partDigest.finish().bytes)
      }
    }
  }

  /// What came.
  func content() -> Content {
    state.withLock { state in
      Content(
        manifest: state.manifest, files: state.files, script: state.script,
        digest: state.digest.finish())
    }
  }

  private func begin(_ head: PartHead, _ state: inout State) throws {
    if isHashed {
      state.digest.update(Self.frame(head.name) + Self.frame(head.fileName ?? ""))
      state.partDigest = SHA256()
      state.partLength = 0
    }
    switch PartField(head.name) {
    case .manifest:
      guard state.manifest == nil else {
        throw RequestError(.badRequest, "the form has more than one manifest")
      }
      state.target = .manifest
    case .script:
      guard state.script == nil else {
        throw RequestError(.badRequest, "the form has more than one part \"code\"")
      }
      let file = File(
        name: FileName.script(head.fileName), path: folder.appending("script"), isArchive: false)
      state.script = file
      try open(file.path, &state)
    case .file(let unpacks):
      guard state.files.count < limits.files else {
        throw RequestError(.contentTooLarge, "the form has more than \(limits.files) files")
      }
      guard let name = head.fileName.flatMap(FileName.checked) else {
        throw RequestError(
          .badRequest, "the form has a file without a name, or with one that cannot be a file's",
          details: head.fileName)
      }
      let path = folder.appending("part-\(state.files.count)")
      state.files.append(
        File(name: name, path: path, isArchive: unpacks && FileName.isArchive(name)))
      try open(path, &state)
    case nil:
      throw RequestError(.badRequest, "the form has a part that is not known", details: head.name)
    }
  }

  private func open(_ path: FilePath, _ state: inout State) throws(RequestError) {
    state.target = .file
    do {
      state.open = try SystemPackage.FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite)
    } catch {
      throw RequestError(Self.failure("create", path, error))
    }
  }

  /// A text that cannot run into the next one.
  private static func frame(_ text: String) -> [UInt8] { Array("\(text.utf8.count):\(text)".utf8) }

  private static func failure(
    _ action: String, _ path: FilePath, _ error: any Error
  ) -> FileError { FileError(action, path, error as? Errno ?? .ioError) }
}

/// Which field of the form a part is.
enum PartField: Equatable {
  case manifest
  case script
  /// A file; whether archives among them are unpacked.
  case file(unpacks: Bool)

  init?(_ name: String) {
    switch name {
    case "manifest", "metadata": self = .manifest
    case "code": self = .script
    case "files", "files[]", "file": self = .file(unpacks: true)
    default:
      guard name.hasPrefix("file_"), name.count > 5,
        name.utf8.dropFirst(5).allSatisfy({ $0 &- 0x30 < 10 })
      else { return nil }
      self = .file(unpacks: false)
    }
  }
}
