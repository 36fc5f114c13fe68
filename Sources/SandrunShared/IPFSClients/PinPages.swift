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

  /// What a service's counts are worth.
  private enum Counting {
    case unknown
    /// They tell how many there are.
    case whole
    /// They tell nothing: there are none, or they are those of the page.
    case page
  }

  /// What the next page is to be older than; nil for the first.
  private(set) var before: PinTime?
  /// Whether there are more.
  private(set) var isAtEnd = false
  private var window: Set<String> = []
  private var counting = Counting.unknown
  /// Where to go on from a page that is the last by its count, which is not believed before the next one is seen to be
  /// empty; nil inside where all of it was of one moment.
  private var claim: PinTime??
  /// A page that was all of one moment, where the next was asked for beyond it.
  private var moment: (time: PinTime, shown: Int, count: Int?)?

  /// Takes a page and gives what is new in it, in its order.
  mutating func take(_ page: Page) throws(PinAnswerError) -> [RemotePin] {
    if let before, let newer = page.pins.first(where: { $0.created > before }) {
      throw PinAnswerError(
        "a request of \(newer.created) where older than \(before) was asked for")
    }
    if let next = claim.take() {
      guard page.pins.contains(where: { !window.contains($0.requestID) }) else {
        isAtEnd = true
        return []
      }
      counting = .page
      if let next {
        before = next
        return []
      }
    }
    if let moment, hides(moment, page) {
      throw PinAnswerError(
        "more requests of \(moment.time) than it shows at once, so that they cannot all be listed")
    }
    moment = nil
    var ids: Set<String> = []
    var fresh: [RemotePin] = []
    for pin in page.pins where ids.insert(pin.requestID).inserted {
      if !window.contains(pin.requestID) { fresh.append(pin) }
    }
    window = ids
    try step(beyond: page, isFresh: !fresh.isEmpty)
    return fresh
  }

  /// Whether a page that was cut within a moment, and the one behind it, leave out requests of that moment.
  private func hides(_ moment: (time: PinTime, shown: Int, count: Int?), _ page: Page) -> Bool {
    guard counting == .whole else { return moment.shown > 1 && !page.pins.isEmpty }
    guard let before = moment.count, let count = page.count else { return false }
    return before - count > moment.shown
  }

  private mutating func step(beyond page: Page, isFresh: Bool) throws(PinAnswerError) {
    guard let oldest = page.pins.map(\.created).min() else {
      isAtEnd = true
      return
    }
    guard zip(page.pins, page.pins.dropFirst()).allSatisfy({ $0.created >= $1.created }) else {
      throw PinAnswerError("a list that is not newest first, so that its pages cannot be followed")
    }
    let next = page.pins.map(\.created).filter { $0 > oldest }.min()
    let isLast = page.count.map { $0 <= page.pins.count } ?? false
    switch counting {
    case .whole where isLast:
      isAtEnd = true
      return
    case .unknown where isLast:
      claim = .some(next)
      moment = (oldest, next == nil ? window.count : 0, nil)
      before = oldest
      return
    case .unknown: counting = page.count == nil ? .page : .whole
    case .whole, .page: break
    }
    if let next, before.map({ next < $0 }) ?? true {
      before = next
    } else if before.map({ oldest < $0 }) ?? true {
      before = oldest
      moment = (oldest, counting == .page && next != nil ? 0 : window.count, page.count)
    } else if counting == .page, !isFresh, page.pins.count == 1 {
      // Some services give what is of the moment itself, too.
      isAtEnd = true
    } else {
      throw PinAnswerError("the same page again and again")
    }
  }
}
