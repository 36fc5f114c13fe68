internal import EthereumRPC
internal import Hashing
internal import Journals
public import Records
internal import Synchronization
public import SystemPackage
internal import WideInteger

/// A file that remembers how far a stream has come, so that it can go on there after whatever ended it.
///
/// A block's logs are announced in the file before their lines are written, and told off behind them; so are those of a
/// block that is taken back. So each line is written at least once, and a block whose lines may be out is never forgotten:
/// it is either in the chain or taken back. One process uses a file at a time.
///
/// What is announced is on disk before the first line is out; the rest once a second at the most, and at the end. What a loss
/// of power takes from it is written again.
public final class EventCursor: Sendable {
  struct State: ~Copyable {
    var file: LineFile
    var replay: Replay
    /// How long the file was when it held nothing superfluous.
    var compact: Int
    var synced = ContinuousClock.now
    var isSynced = true
  }

  /// A file may grow to so many times what it needs.
  private static let slack = 4
  /// Below this nothing is gained by a shorter file.
  private static let least = 64 << 10
  private static let syncInterval = Duration.seconds(1)

  /// The most blocks that a window may have.
  public static let mostBlocks = 4096

  let state: Mutex<State>

  /// Opens a stream's cursor, or makes one; `limit` blocks stay in the window, up to `mostBlocks`.
  ///
  /// It may have been another number before.
  /// Throws 65 for the cursor of another chain or of other events, 74 for one that is damaged, 75 where another process
  /// uses it, 73 where none can be made.
  public init(
    _ path: FilePath, of identity: EventStreamIdentity, limit: Int
  ) throws(Failure) {
    var replay = Replay(limit: Self.mostBlocks)
    do throws(JournalError) {
      let file = try LineFile(path, header: Self.header(identity).bytes) {
        (line) throws(JournalError) in
        do throws(EventFlaw) { try replay.take(Array(line.text)) } catch {
          throw JournalError.damaged(path, line.place, .content(error.description))
        }
      }
      // The one who wrote it may have kept more blocks: what it says of them goes before any of them is let go.
      replay.keep(limit)
      let length = file.length
      state = Mutex(State(file: file, replay: replay, compact: length))
    } catch {
      throw Failure(cursor: error, at: path, of: identity)
    }
  }

  /// How far the stream is; nil where it has not begun.
  public var position: EventPosition? { state.withLock { $0.replay.position } }

  /// The step whose lines may have been written, or some of them, when the last process ended: it is to be taken again.
  public var unfinished: EventStep? {
    state.withLock { $0.replay.announced }
  }

  /// Remembers where a stream begins that has written nothing.
  public func begin(at position: EventPosition) throws(Failure) {
    try write(.position(position), isSynced: true)
  }

  /// Remembers that a step's lines are about to be written.
  ///
  /// Only logs near the head can be taken back while nobody watches, so that nothing else need be remembered.
  public func announce(_ step: EventStep) throws(Failure) {
    guard !step.logs.isEmpty, unfinished?.change != step.change else { return }
    switch step.change {
    case .range: return
    case .added(let block): try write(.writing(block), isSynced: true)
    case .removed(let block): try write(.removing(block.hash), isSynced: true)
    }
  }

  /// Remembers that a step's lines are written.
  public func finish(_ step: EventStep) throws(Failure) {
    switch step.change {
    case .range(let range, let anchor): try write(.range(range, anchor: anchor))
    case .added(let block) where block.logs.isEmpty: try write(.block(block))
    case .added(let block): try write(.written(block.hash))
    case .removed(let block): try write(.removed(block.hash))
    }
  }

  /// Brings all to disk, at the end of a run.
  public func close() throws(Failure) {
    try state.withLock { state throws(Failure) in
      guard !state.isSynced else { return }
      do throws(JournalError) { try state.file.sync() } catch {
        throw Failure(cursor: error, at: state.file.path)
      }
      state.isSynced = true
    }
  }

  private func write(_ entry: Entry, isSynced: Bool = false) throws(Failure) {
    try state.withLock { state throws(Failure) in
      let path = state.file.path
      do throws(EventFlaw) { try state.replay.take(entry) } catch {
        throw Failure(.internalError, "\(path): \(error)")
      }
      do throws(JournalError) { try Self.save(entry, isSynced: isSynced, &state) } catch {
        throw Failure(cursor: error, at: path)
      }
    }
  }

  private static func save(
    _ entry: Entry, isSynced: Bool, _ state: inout State
  ) throws(JournalError) {
    let isDue = isSynced || state.synced.duration(to: .now) >= syncInterval
    try state.file.append([entry.json.bytes], isSynced: isDue)
    state.isSynced = isDue
    if isDue { state.synced = .now }
    guard state.file.length > max(least, slack * state.compact),
      state.replay.announced == nil, let position = state.replay.position
    else { return }
    try state.file.rewrite([Entry.position(position).json.bytes])
    state.compact = state.file.length
    (state.isSynced, state.synced) = (true, .now)
  }

  /// The first line of the file: whose cursor it is.
  static func header(_ identity: EventStreamIdentity) -> JSON {
    [
      "eventCursor": 1, "chainId": .string("\(identity.chain.chainId)"),
      "genesis": .string("\(identity.chain.genesis)"), "filter": .string("\(identity.filter)"),
    ]
  }
}

/// A sink that remembers in a cursor what another sink has written.
public struct RememberingSink: EventSink {
  private let sink: any EventSink
  private let cursor: EventCursor

  /// Writes to `sink`, which must return no sooner than its lines are out.
  public init(_ sink: any EventSink, in cursor: EventCursor) {
    self.sink = sink
    self.cursor = cursor
  }

  /// Announces the step, writes its lines, and tells it off.
  public func take(_ step: EventStep, _ position: EventPosition) throws(Failure) {
    try cursor.announce(step)
    try sink.take(step, position)
    try cursor.finish(step)
  }

  /// Tells the other sink.
  public func rest() throws(Failure) { try sink.rest() }

  /// Writes once more what may have been written when the last process ended, and gives the stream's position.
  ///
  /// `start` is asked for where the cursor is new.
  public func resume(
    start: () async throws(Failure) -> EventPosition
  ) async throws(Failure) -> EventPosition {
    guard let position = cursor.position else {
      let position = try await start()
      try cursor.begin(at: position)
      return position
    }
    guard let step = cursor.unfinished else { return position }
    try take(step, position)
    return cursor.position ?? position
  }
}
