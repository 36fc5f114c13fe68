import CCurl
import HTTPTypes
import Synchronization

/// One transfer as the engine's thread sees it: libcurl's handle, and what its callbacks need.
final class Transfer {
  let easy: CurlEasy
  let exchange: Exchange
  let order: Order
  /// Why a callback stopped the transfer.
  var failure: HTTPError.Cause?
  /// An address of the host's that lies too far in.
  var refusedPlace: HTTPReach?
  /// Whether something of the request may have left.
  var hasBegun = false
  var lastActivity = ContinuousClock.now
  var isReceivingPaused = false
  var isSendingPaused = false
  /// Whether there is something for the caller since the engine looked last.
  var isTouched = false
  private var header: Header
  private var inbox: [UInt8] = []
  private var upload: Upload
  private var sent = 0
  private var lastProgress: ContinuousClock.Instant?

  init(_ easy: CurlEasy, _ exchange: Exchange, _ order: Order) {
    self.easy = easy
    self.exchange = exchange
    self.order = order
    header = Header(limit: order.headerLimit)
    if case .segments(let segments) = order.body {
      upload = Upload(segments)
    } else {
      upload = Upload([])
    }
  }

  deinit { upload.close() }

  // MARK: What libcurl calls

  /// Whether an address may be connected to.
  func mayReach(_ place: HTTPReach) -> Bool {
    guard place > order.reach else { return true }
    refusedPlace = place
    return false
  }

  /// Notes that a request begins, over a new connection or an old one; false stops it.
  func begin(at address: String) -> Bool {
    let place = HTTPReach(address: address) ?? .machine
    guard mayReach(place) else {
      failure = .outOfReach(place)
      return false
    }
    exchange.state.withLock { $0.place = place }
    hasBegun = true
    lastActivity = .now
    return true
  }

  /// Takes a line of the header; false stops the transfer.
  func receive(line: UnsafeRawBufferPointer) -> Bool {
    lastActivity = .now
    do throws(Header.Refusal) {
      guard let head = unsafe try header.add(line) else {
        if header.isComplete { exchange.state.withLock { $0.trailers = header.trailers } }
        return true
      }
      exchange.state.withLock { $0.head = head }
      isTouched = true
      return true
    } catch {
      failure = .malformed(error.reason)
      return false
    }
  }

  /// Takes a stretch of the body.
  func receive(_ bytes: UnsafeRawBufferPointer) {
    lastActivity = .now
    if inbox.isEmpty { inbox.reserveCapacity(Exchange.bound + (64 << 10)) }
    unsafe inbox.append(contentsOf: bytes)
    isTouched = true
    // libcurl hands on the buffer that it has in hand, and reads no further.
    if inbox.count >= Exchange.bound && !isReceivingPaused { setReceiving(isPaused: true) }
  }

  /// What a read callback is answered.
  enum Given {
    case bytes(Int)
    case pause
    case stop
  }

  /// Gives the next stretch of the request's body.
  func give(_ buffer: UnsafeMutableRawBufferPointer) -> Given {
    lastActivity = .now
    let given = unsafe next(buffer)
    if case .bytes(let count) = given {
      sent += count
      report(isEnd: count == 0 || sent == order.length)
    }
    return given
  }

  /// Begins the body again; false where it cannot be.
  func rewind() -> Bool {
    guard case .segments = order.body else { return sent == 0 }
    upload.rewind()
    sent = 0
    return true
  }

  private func next(_ buffer: UnsafeMutableRawBufferPointer) -> Given {
    if case .segments = order.body {
      do throws(Upload.Failure) {
        return .bytes(unsafe try upload.read(into: buffer))
      } catch {
        failure = .body(error.reason)
        return .stop
      }
    }
    switch unsafe exchange.take(into: buffer) {
    case .bytes(let count): return .bytes(count)
    case .wait:
      isSendingPaused = true
      return .pause
    case .end:
      guard let length = order.length, sent < length else { return .bytes(0) }
      failure = .body("the body has \(sent) bytes, not \(length)")
      return .stop
    case .failed(let reason):
      failure = .body(reason)
      return .stop
    }
  }

  private func report(isEnd: Bool) {
    guard let progress = order.progress, order.hasBody else { return }
    // A line on a terminal needs no more.
    if let lastProgress, !isEnd, lastActivity - lastProgress < .milliseconds(100) { return }
    lastProgress = lastActivity
    progress(sent, order.length)
  }

  // MARK: What the engine calls

  /// Hands what came to the caller, and makes the server wait where the caller has enough of it.
  func flush() {
    guard isTouched else { return }
    isTouched = false
    let isFull = exchange.deliver(&inbox)
    if isFull != isReceivingPaused { setReceiving(isPaused: isFull) }
  }

  func resumeReceiving() {
    if isReceivingPaused { setReceiving(isPaused: false) }
  }

  func resumeSending() {
    isSendingPaused = false
    lastActivity = .now
    _ = easy.pause(receiving: isReceivingPaused, sending: false)
  }

  private func setReceiving(isPaused: Bool) {
    isReceivingPaused = isPaused
    lastActivity = .now
    _ = easy.pause(receiving: isPaused, sending: isSendingPaused)
  }

  /// The bound of time that is passed by now, if any.
  func overdue(at now: ContinuousClock.Instant) -> HTTPError.Timeout? {
    if let deadline = order.deadline, now >= deadline { return .total }
    guard let end = idleEnd, now >= end else { return nil }
    return .idle
  }

  /// When a bound of time will be passed if nothing happens.
  var nextDeadline: ContinuousClock.Instant? {
    [order.deadline, idleEnd].compactMap { $0 }.min()
  }

  /// Our own waiting is no idleness of theirs; before there is a connection another bound holds.
  private var idleEnd: ContinuousClock.Instant? {
    guard hasBegun, !isReceivingPaused, !isSendingPaused else { return nil }
    return order.idleTimeout.map { lastActivity + $0 }
  }

  var hasHead: Bool { header.isComplete }
}
