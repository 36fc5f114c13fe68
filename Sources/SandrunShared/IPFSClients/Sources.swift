public import Commands
public import IPFS
public import Records
internal import Synchronization

/// Where content is read from: the local repository, and whoever may have what it lacks.
///
/// What comes from afar is proved and kept in the repository, unpinned.
public struct Sources: Sendable {
  /// Where it is looked for first, and kept.
  public let repository: Repository
  /// Who is asked for what is not there, in this order.
  public let providers: [any BlockProvider]

  private let timeout: Duration?
  private let hedge: Duration
  private let world: World

  /// Makes a set of sources; a record may take `timeout` in all, and after `hedge` without a sign of life others are asked as well.
  public init(
    _ repository: Repository, _ providers: [any BlockProvider] = [], timeout: Duration? = nil,
    hedge: Duration = .seconds(2), in world: World
  ) {
    self.repository = repository
    self.providers = providers
    self.timeout = timeout
    self.hedge = hedge
    self.world = world
  }

  private enum Event<Value: Sendable>: Sendable {
    case read(Result<Value, Failure>)
    case late
    case served
  }

  /// Lets a reader read what a path leads to, from a source that has whatever he asks for, if anybody has.
  ///
  /// The reader waits where a block has to be fetched, on a thread that may wait: he is no task. A block that nobody has is
  /// `notFound` for him; where he fails for that, the failure is replaced by one that says who said what.
  public func read<Value: Sendable>(
    _ path: ContentPath, _ appetite: Appetite,
    _ body: @escaping @Sendable (any BlockSource) throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    guard !providers.isEmpty else { return try body(repository) }
    let harvest = Harvest(
      path, appetite, from: providers.map { $0.begun() }, into: repository, hedge: hedge, in: world)
    return try await world.interruptible { () throws(Failure) in
      try await self.attend(harvest, body)
    }
  }

  private func attend<Value: Sendable>(
    _ harvest: Harvest, _ body: @escaping @Sendable (any BlockSource) throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let result = await withTaskGroup(of: Event<Value>.self) { group -> Result<Value, Failure> in
      group.addTask {
        await harvest.serve()
        return .served
      }
      group.addTask { .read(await Self.run(harvest, body)) }
      if let timeout {
        group.addTask {
          try? await Task.sleep(for: timeout)
          return .late
        }
      }
      var isLate = false
      for await event in group {
        switch event {
        // A reader that was cut off may have passed over what did not come: an answer then is none.
        case .read(let result) where isLate && !harvest.hasAll(of: result):
          return .failure(
            Failure(
              .temporary, "\(harvest.path.root) did not come within \(timeout ?? .zero)",
              code: "timed-out", hint: "what came is kept: the same again goes on from there",
              isRetryable: true))
        case .read(let result):
          group.cancelAll()
          return result
        case .late where !Task.isCancelled:
          isLate = true
          group.cancelAll()
        case .late, .served: break
        }
      }
      return .failure(.interrupted)
    }
    harvest.finish()
    return try result.get()
  }

  private static func run<Value: Sendable>(
    _ harvest: Harvest, _ body: @escaping @Sendable (any BlockSource) throws(Failure) -> Value
  ) async -> Result<Value, Failure> {
    let result = await ReadingThread.run { () -> Result<Value, Failure> in
      // Followed here once, so that what lies below can be asked for by itself; a path that does not lead on is told below.
      _ = try? ContentReader(harvest).resolve(harvest.path)
      harvest.beginReading()
      do throws(Failure) { return .success(try body(harvest)) } catch {
        return .failure(harvest.telling(error))
      }
    }
    return result ?? .failure(Failure(.internalError, "no thread can be started"))
  }
}

extension Harvest {
  /// Whether a reader has all that he asked for, and did well.
  fileprivate func hasAll<Value>(of result: Result<Value, Failure>) -> Bool {
    guard case .success = result else { return false }
    return state.withLock { !$0.isCutOff }
  }

  /// A reader's failure, or what was told of the block that he misses.
  func telling(_ failure: Failure) -> Failure {
    let refused = state.withLock { $0.refused }
    let told = refused.first { failure.message == "\(RepositoryError.notFound($0.key))" }
    return told?.value ?? failure
  }

  /// Keeps what came, and says how much that was.
  func finish() {
    do throws(RepositoryError) { try commit() } catch {
      // What was read was proved; that it is not kept costs the next one time.
      world.note("what was fetched cannot be kept: \(error)")
    }
    let (blocks, bytes) = state.withLock { ($0.blocks, $0.bytes) }
    if blocks > 0 {
      world.detail("\(path.root): fetched \(blocks) blocks, \(bytes) bytes")
    }
  }
}
