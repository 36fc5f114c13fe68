import CCurl
import Synchronization

/// What the engine's thread does: takes messages, lets libcurl work, hands on what came, and watches the clock.
final class EngineLoop {
  private let mailbox: Mailbox
  private let multi: CurlMulti
  /// By libcurl's handle.
  private var transfers: [UInt: Transfer] = [:]
  private var handles: [ObjectIdentifier: UInt] = [:]
  /// Handles of transfers that went well, for the next ones.
  private var spare: [CurlEasy] = []
  private var isStopped = false

  init?(_ mailbox: Mailbox) {
    guard let multi = CurlMulti() else { return nil }
    self.mailbox = mailbox
    self.multi = multi
  }

  func run() {
    // Only now, and until this ends, is there anybody to wake; what was posted before is read first.
    mailbox.open(wake: multi.wake)
    while !isStopped {
      for message in mailbox.take() { obey(message) }
      let code = multi.perform()
      for transfer in transfers.values { transfer.flush() }
      while let (handle, code) = multi.ended() { end(handle, code) }
      let limit = watchClock()
      guard code == CURLM_OK, multi.poll(limit) == CURLM_OK else {
        isStopped = true
        break
      }
    }
    shutDown()
  }

  private func obey(_ message: Mailbox.Message) {
    switch message {
    case .start(let exchange, let order): start(exchange, order)
    case .cancel(let exchange): _ = remove(exchange)
    case .resumeReceiving(let exchange): transfer(of: exchange)?.resumeReceiving()
    case .resumeSending(let exchange): transfer(of: exchange)?.resumeSending()
    case .stop: isStopped = true
    }
  }

  private func start(_ exchange: Exchange, _ order: Order) {
    // Cancelled before it began.
    guard exchange.state.withLock({ $0.end == nil }) else { return }
    guard let easy = spare.popLast() ?? CurlEasy() else {
      return fail(exchange, .failure("out of memory"))
    }
    let transfer = Transfer(easy, exchange, order)
    let code = transfer.prepare()
    guard code == CURLE_OK else { return fail(exchange, .failure(easy.message(of: code))) }
    guard multi.add(easy) == CURLM_OK else {
      return fail(exchange, .failure("libcurl takes no more transfers"))
    }
    transfers[easy.identity] = transfer
    handles[ObjectIdentifier(exchange)] = easy.identity
  }

  private func fail(_ exchange: Exchange, _ cause: HTTPError.Cause) {
    exchange.finish(.failure(HTTPError(exchange.url, cause, sent: .nothing)))
  }

  private func transfer(of exchange: Exchange) -> Transfer? {
    handles[ObjectIdentifier(exchange)].flatMap { transfers[$0] }
  }

  /// Takes a transfer out of libcurl's hands, which ends its connection unless it had ended.
  private func remove(_ exchange: Exchange) -> Transfer? {
    guard let handle = handles.removeValue(forKey: ObjectIdentifier(exchange)),
      let transfer = transfers.removeValue(forKey: handle)
    else { return nil }
    multi.remove(transfer.easy)
    return transfer
  }

  private func end(_ handle: UInt, _ code: CURLcode) {
    guard let transfer = transfers[handle] else { return }
    transfer.flush()
    let cause = transfer.cause(of: code)
    _ = remove(transfer.exchange)
    if let cause {
      let error = HTTPError(
        transfer.exchange.url, cause, sent: transfer.hasBegun ? .maybe : .nothing)
      transfer.exchange.finish(.failure(error))
    } else {
      transfer.exchange.finish(.success(()))
    }
    // After a failure a handle may keep a buffer, and then takes not every option again: libcurl 7.88 where a name has no address.
    if code == CURLE_OK && spare.count < 32 { spare.append(transfer.easy) }
  }

  /// Ends what is overdue; returns how long nothing will be.
  private func watchClock() -> Duration {
    let now = ContinuousClock.now
    var next = now + .seconds(60)
    for transfer in transfers.values {
      if let timeout = transfer.overdue(at: now) {
        _ = remove(transfer.exchange)
        let sent: HTTPError.Sent = transfer.hasBegun ? .maybe : .nothing
        let error = HTTPError(transfer.exchange.url, .timedOut(timeout), sent: sent)
        transfer.exchange.finish(.failure(error))
      } else if let deadline = transfer.nextDeadline {
        next = min(next, deadline)
      }
    }
    return next - now
  }

  private func shutDown() {
    var left = transfers.values.map(\.exchange)
    for case .start(let exchange, _) in mailbox.close() { left.append(exchange) }
    for exchange in left {
      _ = remove(exchange)
      let error = HTTPError(exchange.url, .failure("the client has ended"), sent: .maybe)
      exchange.finish(.failure(error))
    }
  }
}
