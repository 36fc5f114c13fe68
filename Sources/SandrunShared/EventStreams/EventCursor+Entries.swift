internal import Hashing
internal import Records
internal import WideInteger

extension EventCursor {
  /// A line of the file.
  enum Entry: Equatable {
    /// The whole position: at the beginning, and after a rewrite.
    case position(EventPosition)
    /// The lines of a block with logs are about to be written.
    case writing(EventBlock)
    /// They are.
    case written(Digest32)
    /// A block without logs was passed.
    case block(EventBlock)
    /// The last block is about to be taken back: the lines that say so are about to be written.
    case removing(Digest32)
    /// The last block was taken back, and the lines that say so are written.
    case removed(Digest32)
    /// The logs of many blocks are written.
    case range(ClosedRange<UInt64>, anchor: Digest32)

    /// One member, named as the case.
    var json: JSON {
      switch self {
      case .position(let position): ["position": position.json]
      case .writing(let block): ["writing": block.json]
      case .written(let hash): ["written": .string("\(hash)")]
      case .block(let block): ["block": block.json]
      case .removing(let hash): ["removing": .string("\(hash)")]
      case .removed(let hash): ["removed": .string("\(hash)")]
      case .range(let range, let anchor):
        [
          "range": [
            "from": .string("0x" + String(range.lowerBound, radix: 16)),
            "to": .string("0x" + String(range.upperBound, radix: 16)),
            "anchor": .string("\(anchor)"),
          ]
        ]
      }
    }

    /// Reads what `json` writes.
    init(_ json: JSON) throws(EventFlaw) {
      guard let object = json.object, object.members.count == 1, let member = object.members.first
      else { throw EventFlaw("no entry of a cursor") }
      let fields = LogFields(object)
      switch member.name {
      case "position": self = .position(try EventPosition(member.value))
      case "writing": self = .writing(try EventBlock(member.value))
      case "written": self = .written(try fields.digest("written"))
      case "block": self = .block(try EventBlock(member.value))
      case "removing": self = .removing(try fields.digest("removing"))
      case "removed": self = .removed(try fields.digest("removed"))
      case "range":
        guard let range = member.value.object else { throw EventFlaw("a range that is none") }
        let fields = LogFields(range)
        let (from, to) = (try fields.number("from"), try fields.number("to"))
        guard from <= to else { throw EventFlaw("a range that ends before it begins") }
        self = .range(from...to, anchor: try fields.digest("anchor"))
      default: throw EventFlaw("an entry \(JSON.string(String(member.name.prefix(40))).text)")
      }
    }
  }

  /// What the lines of the file say, one after the other.
  struct Replay {
    /// How many blocks stay in the window.
    private var limit: Int
    private(set) var position: EventPosition?
    /// The step whose lines may have been written, or some of them.
    private(set) var announced: EventStep?

    init(limit: Int) { self.limit = limit }

    /// Keeps no more blocks than these from now on.
    mutating func keep(_ limit: Int) {
      self.limit = limit
      position?.keep(limit)
    }

    mutating func take(_ text: [UInt8]) throws(EventFlaw) {
      let json: JSON
      do throws(JSONError) { json = try JSON(parsing: text) } catch { throw EventFlaw("\(error)") }
      try take(try Entry(json))
    }

    mutating func take(_ entry: Entry) throws(EventFlaw) {
      if case .position(let found) = entry {
        guard position == nil else { throw EventFlaw("a second position") }
        position = found
        return
      }
      guard var position else { throw EventFlaw("an entry before the first position") }
      if let step = announced {
        guard entry == Self.end(of: step.change) else {
          throw EventFlaw("an entry where another's lines are being written")
        }
        try position.take(step.change, limit: limit)
        announced = nil
      } else {
        switch entry {
        case .writing(let block):
          var next = position
          try next.take(.added(block), limit: limit)
          announced = EventStep(adding: block)
        case .removing(let hash): announced = EventStep(removing: try Self.last(hash, position))
        case .block(let block): try position.take(.added(block), limit: limit)
        case .removed(let hash):
          try position.take(.removed(try Self.last(hash, position)), limit: limit)
        case .range(let range, let anchor):
          try position.take(.range(range, anchor: anchor), limit: limit)
        case .written, .position: throw EventFlaw("a block is written that was not announced")
        }
      }
      self.position = position
    }

    /// The entry that tells an announced step off.
    private static func end(of change: EventStep.Change) -> Entry? {
      switch change {
      case .added(let block): .written(block.hash)
      case .removed(let block): .removed(block.hash)
      case .range: nil
      }
    }

    private static func last(
      _ hash: Digest32, _ position: EventPosition
    ) throws(EventFlaw) -> EventBlock {
      guard let block = position.window.last, block.hash == hash else {
        throw EventFlaw("a block is taken back that is not the last")
      }
      return block
    }
  }
}
