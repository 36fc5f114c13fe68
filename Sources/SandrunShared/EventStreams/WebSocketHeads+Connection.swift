internal import Synchronization
internal import Timing
internal import WebSocket
internal import WideInteger

extension WebSocketHeads {
  /// One open connection: a reader, and a watchman who sees that the heads keep coming.
  final class Connection: Sendable {
    private struct State {
      var subscription: HeadSubscription
      var hasTold = false
      /// When the last head came, or when it was seen that none is missing.
      var heard = ContinuousClock.now
      /// The last head, or the height that the node told when it was asked.
      var height: UInt64?
      /// The answer to the last question for the height; nil until it is there.
      var answer: UInt64?
    }

    private let socket: WebSocketConnection
    private let options: Options
    private let state: Mutex<State>
    private let ring: @Sendable () -> Void
    private let opened: @Sendable () -> Void
    /// Rung for each answer and each head: the watchman waits for it.
    private let news = Bell()

    /// What a connection was good for.
    struct Progress {
      /// Whether the subscription stood.
      var isOpen = false
      /// Whether it told a head.
      var hasTold = false
    }

    /// `opened` is called once the subscription stands, `ring` then and for each head.
    init(
      _ socket: WebSocketConnection, chainId: UInt256, _ options: Options,
      ring: @escaping @Sendable () -> Void, opened: @escaping @Sendable () -> Void
    ) {
      self.socket = socket
      self.options = options
      state = Mutex(State(subscription: HeadSubscription(chainId: chainId)))
      self.opened = opened
      self.ring = ring
    }

    /// What it was good for so far.
    var progress: Progress {
      state.withLock { Progress(isOpen: $0.subscription.isOpen, hasTold: $0.hasTold) }
    }

    /// Reads until the connection ends, or is of no more use.
    func attend() async -> Ending {
      await withTaskGroup(of: Ending.self) { group in
        group.addTask { await self.read() }
        group.addTask { await self.watch() }
        // To cancel the reader closes the socket.
        defer { group.cancelAll() }
        return await group.next() ?? .socket(.cancelled)
      }
    }

    private func read() async -> Ending {
      guard let rate = try? Rate(perSecond: WebSocketHeads.perSecond, burst: WebSocketHeads.burst)
      else { return .flood }
      let start = ContinuousClock.now
      var bucket = TokenBucket(rate, at: .zero)
      do throws(WebSocketError) {
        for message in state.withLock({ $0.subscription.opening() }) {
          try await socket.send(message)
        }
        for try await message in socket.messages {
          guard bucket.take(at: .now - start) == .zero else { return .flood }
          do throws(HeadSubscription.Flaw) { try take(message) } catch { return .flaw(error) }
        }
      } catch {
        return .socket(error)
      }
      return .closed(socket.closing ?? WebSocketClose(code: 1005))
    }

    private func take(_ message: WebSocketMessage) throws(HeadSubscription.Flaw) {
      let news = try state.withLock { state throws(HeadSubscription.Flaw) in
        let news = try state.subscription.take(message)
        switch news {
        case .head(let number):
          state.hasTold = true
          state.heard = .now
          state.height = number
        case .subscribed: state.heard = .now
        case .height(let number): state.answer = number
        case .nothing: break
        }
        return news
      }
      self.news.ring()
      switch news {
      case .subscribed:
        opened()
        ring()
      case .head: ring()
      case .height, .nothing: break
      }
    }

    // MARK: Heads that do not come

    /// Returns once the node owes an answer, or a head.
    private func watch() async -> Ending {
      do {
        guard try await waits({ $0.subscription.isOpen }) else {
          return .silent("it answers no subscription")
        }
        while true {
          let heard = state.withLock { $0.heard }
          let due = heard + options.idleTime
          if due > .now {
            try await ContinuousClock().sleep(until: due)
          } else if let flaw = try await look(since: heard) {
            return flaw
          }
        }
      } catch let error as WebSocketError {
        return .socket(error)
      } catch {
        return .socket(.cancelled)
      }
    }

    /// Waits until something is so, as long as an answer may take; whether it came to be.
    private func waits(_ condition: (State) -> Bool) async throws -> Bool {
      let end = ContinuousClock.now + options.answerTime
      while true {
        try Task.checkCancellation()
        if state.withLock({ condition($0) }) { return true }
        guard .now < end else { return false }
        await news.wait(upTo: end - .now)
      }
    }

    /// Asks how high the chain is, and sees that its head was told, or is told now.
    private func look(since heard: ContinuousClock.Instant) async throws -> Ending? {
      let question = state.withLock { state in
        state.answer = nil
        return state.subscription.askHeight()
      }
      try await socket.send(question)
      // A head may be on its way while the height is told: both have the same time.
      _ = try await waits { state in
        guard let answer = state.answer else { return false }
        return state.heard != heard || answer <= state.height ?? answer
      }
      let (ending, isNews) = state.withLock { state -> (Ending?, Bool) in
        guard let answer = state.answer else {
          return (.silent("nothing answers over it any more"), false)
        }
        guard state.heard == heard else { return (nil, false) }
        if let height = state.height, answer > height {
          return (.silent("it told no block since \(height), and there is \(answer)"), false)
        }
        defer { state.height = answer }
        state.heard = .now
        // The first look, or a head that went down.
        return (nil, answer != state.height)
      }
      if isNews { ring() }
      return ending
    }
  }
}
