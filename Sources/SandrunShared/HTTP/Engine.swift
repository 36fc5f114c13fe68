/// The thread that moves the bytes, for whoever may start transfers; it ends with this.
final class Engine: Sendable {
  let mailbox = Mailbox()

  deinit { mailbox.post(.stop) }

  func start(_ exchange: Exchange, _ order: Order) {
    mailbox.post(.start(exchange, order))
  }
}
