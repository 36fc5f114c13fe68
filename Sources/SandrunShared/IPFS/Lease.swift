internal import Files
internal import Hashing
internal import Synchronization
internal import SystemPackage

/// The lock that every writer shares for the moment in which it counts on a block that is there already, and that a sweep has alone for the
/// moment in which it removes a pack; and the number of removals so far.
struct SweepGate: Sendable {
  private let file: OpenFile

  init(of repository: Repository) throws(FileError) {
    file = try OpenFile(
      repository.path.appending("sweep"), .readWrite, options: [.create],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
  }

  func enter(alone: Bool) throws(FileError) {
    _ = try file.lock(waiting: true, shared: !alone)
  }

  func leave() { file.unlock() }

  /// The number of removals; it is read and raised behind the lock.
  ///
  /// It is the file's length: that grows without any room on the disk, which a sweep may have to make first.
  func epoch() throws(FileError) -> Int { try file.size() }

  func raiseEpoch() throws(FileError) { try file.truncate(to: try epoch() + 1) }
}

/// What a writer counts on, and has not yet pinned: a file in `leases` that it has locked while it lives.
///
/// The race that this is for: a writer is told that a block is there, and so does not write it; a sweep, which sees no pin that leads to the
/// block, removes it; the writer pins its root, and the block is lost. So a writer counts on a block only once it has, behind the shared
/// `SweepGate`, seen that no pack was removed since its index was read (else it reads that anew and looks again), and written the
/// block's key into its lease. A sweep reads all leases, and then the pins, behind the same gate that it has alone, and removes a pack
/// before it opens the gate again: either it sees the key, and keeps the block, or the writer sees that the pack is gone, and writes the
/// block. The pins come second because a writer gives up its lease only after it has pinned: a sweep that does not see the lease any more
/// sees the pin. The lock ends with the process, and with it the lease, however the process ended.
///
/// The file holds, one after another: `k`, 32, a key; `r`, a length, a CID that is being pinned with all below it; `p`, 4, the number of
/// a pack that the writer filled. The length is one byte.
final class Lease: Sendable {
  private struct State {
    let gate: SweepGate
    let file: OpenFile
    var end = 0
    /// The number of removals when the index was last read.
    var epoch: Int?
    /// Some keys that are in the file, so that a block that comes often is written once.
    var recent: Set<Digest32> = []
  }

  private let repository: Repository
  private let state: Mutex<State>

  static func folder(of repository: Repository) -> FilePath {
    repository.path.appending("leases")
  }

  init(in repository: Repository) throws(RepositoryError) {
    self.repository = repository
    try repository.create()
    let (gate, file) = try Repository.attempt { () throws(FileError) in
      try Files.makeDirectories(Self.folder(of: repository))
      return (try SweepGate(of: repository), try Self.make(in: Self.folder(of: repository)))
    }
    state = Mutex(State(gate: gate, file: file))
  }

  deinit {
    state.withLock { state in
      try? Files.removeTree(state.file.path)
      state.file.unlock()
    }
  }

  private static func make(in folder: FilePath) throws(FileError) -> OpenFile {
    for _ in 0..<1000 {
      let path = folder.appending("\(Files.randomName()).lease")
      let file = try OpenFile(
        path, .readWrite, options: [.create, .exclusiveCreate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      // A sweep that met it before it was locked took it for a dead process's, and removed it.
      if try file.lock(waiting: false), try file.isAt(path) { return file }
    }
    throw FileError("create", folder, .resourceTemporarilyUnavailable)
  }

  /// Whether a block is there, and then it stays; counts in no damaged one.
  func keep(_ key: Digest32) throws(RepositoryError) -> Bool {
    try state.withLock { state throws(RepositoryError) in
      if state.recent.contains(key) { return true }
      return try behindGate(&state) { state throws(RepositoryError) in
        guard try repository.find(key) != nil else { return false }
        try append("k", key.bytes, to: &state)
        if state.recent.count >= 1 << 14 { state.recent.removeAll(keepingCapacity: true) }
        state.recent.insert(key)
        return true
      }
    }
  }

  /// A block stays from now on, should it be there or come.
  func keep(absent key: Digest32) throws(RepositoryError) {
    try state.withLock { state throws(RepositoryError) in
      try behindGate(&state) { state throws(RepositoryError) in
        try append("k", key.bytes, to: &state)
      }
    }
  }

  /// Whatever is there below a root, from now on, stays; gives the number of removals so far.
  func keep(below root: CID) throws(RepositoryError) -> Int? {
    try state.withLock { state throws(RepositoryError) in
      try behindGate(&state) { state throws(RepositoryError) in
        try append("r", root.bytes, to: &state)
        return state.epoch
      }
    }
  }

  /// The number of removals so far.
  func removals() throws(RepositoryError) -> Int? {
    try state.withLock { state throws(RepositoryError) in
      try behindGate(&state) { state throws(RepositoryError) in state.epoch }
    }
  }

  /// A pack stays that the caller filled and still has locked.
  func keep(pack number: UInt32) throws(RepositoryError) {
    try state.withLock { state throws(RepositoryError) in
      var bytes: [UInt8] = []
      LittleEndian.append(number, to: &bytes)
      try append("p", bytes, to: &state)
    }
  }

  private func behindGate<T>(
    _ state: inout State, _ body: (inout State) throws(RepositoryError) -> T
  ) throws(RepositoryError) -> T {
    let gate = state.gate
    try Repository.attempt { () throws(FileError) in try gate.enter(alone: false) }
    defer { gate.leave() }
    let epoch = try Repository.attempt { () throws(FileError) in try gate.epoch() }
    if epoch != state.epoch {
      try repository.refresh()
      state.epoch = epoch
    }
    return try body(&state)
  }

  private func append(
    _ kind: Unicode.Scalar, _ payload: [UInt8], to state: inout State
  ) throws(RepositoryError) {
    let bytes = [UInt8(ascii: kind), UInt8(payload.count)] + payload
    do throws(FileError) {
      try unsafe state.file.write(bytes.span.bytes, at: state.end)
    } catch { throw .file(error) }
    state.end += bytes.count
  }
}
