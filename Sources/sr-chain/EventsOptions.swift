import ArgumentParser
import Commands
import EthereumRPC
import EventStreams
import Files
import Records
import SystemPackage

/// Which part of the chain `events` reads, and how it goes along with its head.
struct EventsOptions: ParsableArguments {
  /// Where a stream begins.
  enum Start: ExpressibleByArgument, Hashable {
    case cursor
    case block(BlockReference)

    init?(argument: String) {
      if argument == "cursor" {
        self = .cursor
      } else if let block = BlockReference(argument), block != .tag(.pending) {
        self = .block(block)
      } else {
        return nil
      }
    }
  }

  @Option(
    help: ArgumentHelp(
      "Begin with <block>: a number, a tag or a hash; or 'cursor': go on where --cursor says.",
      valueName: "block"))
  var from: Start?

  @Option(help: ArgumentHelp("End with <block>.", valueName: "block"))
  var to: BlockReference?

  @Flag(help: "Go on at the head of the chain, until a signal or --to.")
  var follow = false

  @Option(
    help: "Hold events back until their block has <n> confirmations: itself and those behind it.")
  var confirmations: UInt64 = 1

  @Option(
    name: .customLong("address"),
    help: "Take the events of the contract <address>, ENS name or registered; may be given again.")
  var addresses: [String] = []

  @Option(
    name: .customLong("where"),
    help: "Take those whose indexed parameter is <name=value>; once more: or another value.")
  var conditions: [String] = []

  @Option(
    help: ArgumentHelp(
      "Remember in <file> how far the stream is, and go on there.", valueName: "file"),
    completion: .file())
  var cursor: String?

  @Option(help: "Look for new blocks every <duration> (2s).")
  var poll: String?

  @Option(help: "Be ready to take back the last <n> blocks.")
  var window = 64

  func validate() throws {
    guard from != .cursor || cursor != nil else {
      throw ValidationError("--from cursor goes with --cursor FILE")
    }
    guard (1...1_000_000).contains(confirmations) else {
      throw ValidationError("--confirmations takes 1 to 1000000")
    }
    guard (1...EventCursor.mostBlocks).contains(window) else {
      throw ValidationError("--window takes 1 to \(EventCursor.mostBlocks)")
    }
    guard to != .tag(.pending) else { throw ValidationError("--to takes no block that is pending") }
    if case .block(.number(let first))? = from, case .number(let last)? = to, first > last {
      throw ValidationError("--from \(first) is behind --to \(last)")
    }
    for condition in conditions where Self.parts(condition) == nil {
      throw ValidationError("--where takes NAME=VALUE, not '\(condition)'")
    }
    if let poll {
      do throws(UnitError) {
        guard try Seconds.parse(poll) > .zero else {
          throw UnitError(poll, expected: "more than no time")
        }
      } catch {
        throw ValidationError("--poll: \(error)")
      }
    }
  }

  /// The two sides of a condition.
  private static func parts(_ text: String) -> (name: String, value: String)? {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  /// The conditions with their names.
  var named: [(name: String, value: String)] { conditions.compactMap(Self.parts) }

  /// How often to look for new blocks.
  var interval: Duration { (try? poll.map(Seconds.parse)) ?? .seconds(2) }

  /// The options of the stream itself, with the number of its last block.
  func stream(to end: UInt64?) -> EventStream.Options {
    var options = EventStream.Options()
    options.window = window
    options.confirmations = confirmations
    options.end = end
    options.follows = follow
    return options
  }

  /// The cursor of a stream, where one is asked for; with `--from cursor` it must be there.
  func openCursor(of identity: EventStreamIdentity) throws(Failure) -> EventCursor? {
    guard let cursor else { return nil }
    let path = FilePath(cursor)
    if from == .cursor {
      let isThere: Bool
      do throws(FileError) { isThere = try Files.status(path) != nil } catch {
        throw Failure(.io, "\(error)")
      }
      guard isThere else { throw Failure(.missingInput, "there is no cursor \(cursor)") }
    }
    let opened = try EventCursor(path, of: identity, limit: window)
    guard from != .cursor || opened.position != nil else {
      throw Failure(.missingInput, "the cursor \(cursor) is empty")
    }
    return opened
  }
}
