public import EthereumRPC
public import Hashing
public import Records

/// How far a stream has come: what a cursor must hold, beside the chain and the filter that it is of.
public struct EventPosition: Hashable, Sendable {
  /// The next block whose logs are to be written.
  public var next: UInt64
  /// The blocks before `next` that may still be taken back, oldest first, each the parent of the one behind it.
  ///
  /// Empty where the stream is far below the head.
  public var window: [EventBlock]
  /// The hash that the parent of `next` must have, where the window does not tell; nil where any will do.
  public var anchor: Digest32?
  /// The first block that the stream is of: where all from there on is replaced, nothing that was written is lost.
  public var start: UInt64

  /// The position of a stream that has written nothing.
  public init(start: UInt64) {
    self.start = start
    next = start
    window = []
  }

  /// The hash that the parent of `next` must have; nil where any will do.
  public var link: Digest32? { window.last?.hash ?? anchor }

  /// The position behind a step; `limit` blocks stay in the window.
  public mutating func take(_ change: EventStep.Change, limit: Int) throws(EventFlaw) {
    switch change {
    case .range(let range, let anchor):
      guard range.lowerBound == next, range.upperBound < .max else {
        throw EventFlaw("blocks from \(range.lowerBound) on, where block \(next) is next")
      }
      next = range.upperBound + 1
      window = []
      self.anchor = anchor
    case .added(let block):
      guard block.number == next, next < .max,
        link.map({ $0 == block.parentHash }) ?? true
      else { throw EventFlaw("block \(block.number) is not the one behind the last") }
      next += 1
      anchor = nil
      window.append(block)
      keep(limit)
    case .removed(let block):
      guard window.last?.hash == block.hash, next > start else {
        throw EventFlaw("block \(block.number) is taken back, but is not the last")
      }
      window.removeLast()
      next -= 1
      // Before the first block of all there is none that a log was written of.
      anchor = window.isEmpty && next > start ? block.parentHash : nil
    }
  }

  /// Lets go of the oldest blocks until the window has no more than these; the last one stays.
  public mutating func keep(_ limit: Int) {
    window.removeFirst(max(0, window.count - max(1, limit)))
  }

  /// Reads what `json` writes; the window must be linked and end before `next`.
  public init(_ json: JSON) throws(EventFlaw) {
    guard let object = json.object else { throw EventFlaw("\(json.kind), not a position") }
    let fields = LogFields(object)
    start = try fields.number("start")
    next = try fields.number("next")
    window = try fields.list("window").map { (block) throws(EventFlaw) in try EventBlock(block) }
    guard start <= next, UInt64(window.count) <= next - start else {
      throw EventFlaw("the next block is before the first")
    }
    if fields.has("anchor") {
      anchor = try fields.digest("anchor")
      guard window.isEmpty else { throw EventFlaw("an anchor beside a window") }
    }
    for (index, block) in window.enumerated() {
      guard block.number == next - UInt64(window.count - index),
        index == 0 || block.parentHash == window[index - 1].hash
      else { throw EventFlaw("the window's blocks are not linked") }
    }
  }

  /// `start`, `next`, `window` and perhaps `anchor`, numbers as nodes write them.
  public var json: JSON {
    var object: JSONObject = [
      "start": .string("0x" + String(start, radix: 16)),
      "next": .string("0x" + String(next, radix: 16)), "window": .array(window.map(\.json)),
    ]
    object["anchor"] = anchor.map { .string("\($0)") }
    return .object(object)
  }
}

/// Which stream a cursor is of: a cursor of another one is no use.
public struct EventStreamIdentity: Hashable, Sendable {
  /// The chain.
  public var chain: ChainIdentity
  /// A digest of all that the filter asks for.
  public var filter: Digest32

  /// Names a stream.
  public init(chain: ChainIdentity, filter: Digest32) {
    self.chain = chain
    self.filter = filter
  }
}
