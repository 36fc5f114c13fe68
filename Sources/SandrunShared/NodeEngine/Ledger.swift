internal import Dispatch
internal import GRDB
internal import SystemPackage
internal import Synchronization

/// The one writer of the job database: whatever is asked of it while a commit is synced goes into the next commit together.
final class Ledger: Sendable {
  /// A piece of work for the next commit.
  private struct Operation {
    var apply: @Sendable (Database) -> Void
    /// Told whether the commit is on disk.
    var complete: @Sendable (EngineError?) -> Void
  }

  private struct State {
    var pending: [Operation] = []
    var isScheduled = false
  }

  private let database: JobDatabase
  private let path: FilePath
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "sandrun.jobs")
  /// Goes into every commit, behind the work that was asked for.
  private let starting: @Sendable (Database) throws -> [StartedJob]
  private let started: @Sendable ([StartedJob]) -> Void

  init(
    _ database: JobDatabase, at path: FilePath,
    starting: @escaping @Sendable (Database) throws -> [StartedJob],
    started: @escaping @Sendable ([StartedJob]) -> Void
  ) {
    self.database = database
    self.path = path
    self.starting = starting
    self.started = started
  }

  /// Does work in the next commit, and returns once that is on disk.
  ///
  /// `committed` runs before any later work does. Work that throws is undone, and leaves the others of its commit alone.
  func perform<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T,
    committed: @escaping @Sendable (T) -> Void = { _ in }
  ) async throws(EngineError) -> T {
    let result: Result<T, EngineError> = await withCheckedContinuation { continuation in
      enqueue(body, committed: committed) { continuation.resume(returning: $0) }
    }
    return try result.get()
  }

  /// The same without waiting.
  func enqueue<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T,
    committed: @escaping @Sendable (T) -> Void = { _ in },
    done: @escaping @Sendable (Result<T, EngineError>) -> Void
  ) {
    let outcome = Outcome<T>()
    let path = path
    schedule(
      Operation { database in
        outcome.set(
          Result { () throws(EngineError) in
            try JobDatabase.storing(path) {
              // SQLite takes a whole transaction back where the disk is full.
              guard database.isInsideTransaction else { throw EngineError.diskFull }
              var value: T?
              try database.inSavepoint {
                value = try body(database)
                return .commit
              }
              guard let value else { throw EngineError.store("\(path): nothing was done") }
              return value
            }
          })
      } complete: { error in
        var result = outcome.take()
        if let error { result = .failure(error) }
        if case .success(let value) = result { committed(value) }
        done(result)
      })
  }

  /// Sees whether a job can be started.
  func wake() { schedule(nil) }

  private func schedule(_ operation: Operation?) {
    let isFirst = state.withLock { state in
      if let operation { state.pending.append(operation) }
      defer { state.isScheduled = true }
      return !state.isScheduled
    }
    if isFirst { queue.async { self.commit() } }
  }

  private func commit() {
    let operations = state.withLock { state in
      defer { state = State() }
      return state.pending
    }
    var jobs: [StartedJob] = []
    var failure: EngineError?
    do throws(EngineError) {
      jobs = try JobDatabase.storing(path) {
        try database.pool.write { database in
          for operation in operations { operation.apply(database) }
          guard database.isInsideTransaction else { throw EngineError.diskFull }
          var started: [StartedJob] = []
          try database.inSavepoint {
            started = try starting(database)
            return .commit
          }
          return started
        }
      }
    } catch {
      failure = error
    }
    for operation in operations { operation.complete(failure) }
    if !jobs.isEmpty { started(jobs) }
  }

  /// What came of a piece of work, between its run and the end of its commit.
  private final class Outcome<T: Sendable>: Sendable {
    private let value = Mutex<Result<T, EngineError>?>(nil)
    func set(_ result: Result<T, EngineError>) { value.withLock { $0 = result } }
    func take() -> Result<T, EngineError> {
      value.withLock { $0 } ?? .failure(.store("nothing was done"))
    }
  }
}
