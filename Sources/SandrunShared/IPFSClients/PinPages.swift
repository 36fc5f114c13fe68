/// How the pages of a list of requests follow each other, newest first, so that none is lost and none comes twice.
///
/// The API pages by `before`, which leaves out what was created at that very moment. So the next page is asked for
/// from the last but one moment of a page on: what is at the last moment comes again, is known by its id and passed
/// over, and what a page cut off of it comes too. Only the ids of one page are held.
struct PinPages {
  /// What a service answers.
  struct Page {
    /// How many requests it has that fit, this page and all older ones together; nil where it does not say.
    var count: Int?
    var pins: [RemotePin]
  }

  /// What the next page is to be older than; nil for the first.
  private(set) var before: PinTime?
  /// Whether there are more.
  private(set) var isAtEnd = false
  private var window: Set<String> = []
  /// A page that was all of one moment, where the next was asked for beyond it.
  private var moment: (time: PinTime, shown: Int, count: Int)?

  /// Takes a page and gives what is new in it, in its order.
  mutating func take(_ page: Page) throws(PinAnswerError) -> [RemotePin] {
    if let moment, let count = page.count, moment.count - count > moment.shown {
      throw PinAnswerError(
        "more requests of \(moment.time) than it shows at once, so that they cannot all be listed")
    }
    moment = nil
    var ids: Set<String> = []
    var fresh: [RemotePin] = []
    for pin in page.pins where ids.insert(pin.requestID).inserted {
      guard !window.contains(pin.requestID) else { continue }
      if let before, pin.created > before {
        throw PinAnswerError("a request of \(pin.created) where older than \(before) was asked for")
      }
      fresh.append(pin)
    }
    window = ids
    guard let oldest = page.pins.map(\.created).min(), page.count ?? .max > page.pins.count else {
      isAtEnd = true
      return fresh
    }
    guard zip(page.pins, page.pins.dropFirst()).allSatisfy({ $0.created >= $1.created }) else {
      throw PinAnswerError("a list that is not newest first, so that its pages cannot be followed")
    }
    let next = page.pins.map(\.created).filter { $0 > oldest }.min()
    if let next, before.map({ next < $0 }) ?? true {
      before = next
    } else if before.map({ oldest < $0 }) ?? true {
      before = oldest
      if let count = page.count { moment = (oldest, ids.count, count) }
    } else {
      throw PinAnswerError("the same page again and again")
    }
    return fresh
  }
}
