internal import Files
internal import Hashing
internal import Records
internal import Synchronization
internal import SystemPackage

/// One file on its way to disk, under a temporary name until its length and SHA-256 are those of the result.
final class Download: Sendable {
  private let file: ResultFile
  private let path: FilePath
  private let descriptor: FileDescriptor
  private let state = Mutex(Progress())

  private struct Progress: ~Copyable {
    var hasher = SHA256()
    var count = 0
  }

  init(of file: ResultFile, beside final: FilePath) throws(Failure) {
    self.file = file
    path = Files.parent(of: final).appending(".sandrun-\(Files.randomName())")
    do {
      descriptor = try FileDescriptor.open(
        path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw Failure(.cannotCreate, "cannot create \(final): \(error)")
    }
  }

  deinit { try? descriptor.close() }

  /// How many bytes are there: where a broken transfer goes on.
  var count: Int { state.withLock { $0.count } }

  /// Takes the next bytes; throws 76 beyond the length that the result names.
  func write(_ bytes: [UInt8]) throws(Failure) {
    try state.withLock { state throws(Failure) in
      guard bytes.count <= file.size - state.count else { throw wrong("is longer than") }
      do { _ = try descriptor.writeAll(bytes) } catch {
        throw Failure(
          error as? Errno == .noSpace ? .cannotCreate : .io, "cannot write \(path): \(error)")
      }
      state.hasher.update(bytes)
      state.count += bytes.count
    }
  }

  /// Forgets what came so far.
  func restart() throws(Failure) {
    try state.withLock { state throws(Failure) in
      do {
        try descriptor.resize(to: 0)
        try descriptor.seek(offset: 0, from: .start)
      } catch {
        throw Failure(.io, "cannot write \(path): \(error)")
      }
      state.hasher = SHA256()
      state.count = 0
    }
  }

  /// Gives the file its name, or throws 76 where it is not the one that the result names.
  func finish(as final: FilePath, from source: String) throws(Failure) {
    let (count, digest) = state.withLock { ($0.count, Hex.digits($0.hasher.finish().bytes)) }
    guard count == file.size, digest == file.sha256 else { throw wrong("is not") }
    do {
      try Files.sync(descriptor, named: path)
      try Files.moveWithoutReplacing(path, to: final)
      try Files.syncDirectory(Files.parent(of: final))
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
  }

  /// Takes the temporary file away.
  func discard() { try? Files.removeTree(path) }

  private func wrong(_ what: String) -> Failure {
    Failure(
      .protocolViolation,
      "the node's \(JSON.string(file.path).text) \(what) the file of the result: \(file.size) bytes, SHA-256 \(file.sha256)",
      code: "wrong-bytes")
  }
}
