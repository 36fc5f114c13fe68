public import HTTPTypes
import Synchronization

/// A server's answer: its header, and its body, which is read as it arrives.
public struct HTTPAnswer: Sendable {
  /// The status and the header.
  public let head: HTTPResponse
  /// Where it came from, after redirects.
  public let url: HTTPURL
  /// How far in the one lies who answered.
  let place: HTTPReach
  /// The body; where it is dropped unread the transfer ends.
  public let body: HTTPBody

  /// The status code.
  public var status: Int { head.status.code }

  /// The length of the body as the server says it, nil where it does not; a shorter body is an error.
  public var length: Int? { head.headerFields[.contentLength].flatMap { Int($0) } }

  /// The answer itself where its status is 200 to 299, or else an error with the first bytes of its body.
  public func checked() async throws(HTTPError) -> HTTPAnswer {
    guard (200...299).contains(status) else { throw await refusal() }
    return self
  }

  /// The answer as an error.
  func refusal() async -> HTTPError {
    let answer = HTTPErrorAnswer(head: head, body: await body.head(limit: 64 << 10))
    return HTTPError(url.description, .status(answer), sent: .maybe)
  }

  /// The whole body, or an error where it is larger than `limit` bytes.
  public func collect(limit: Int) async throws(HTTPError) -> [UInt8] {
    if let length, length > limit {
      throw HTTPError(url.description, .tooLarge(limit: limit), sent: .maybe)
    }
    return try await body.collect(limit: limit)
  }
}

/// The body of an answer, in chunks as they come; for one reader, once.
///
/// What is not read waits at the server: little is held here. The last reference gone, the transfer ends.
public struct HTTPBody: AsyncSequence, Sendable {
  /// Some bytes, never none.
  public typealias Element = [UInt8]
  /// What ends it before its end.
  public typealias Failure = HTTPError

  /// Ends the transfer when nobody can read it any more.
  fileprivate final class Reader: Sendable {
    let exchange: Exchange
    let engine: Engine
    /// How long the words of an error are waited for.
    let patience: Duration?

    init(_ exchange: Exchange, _ engine: Engine, _ patience: Duration?) {
      self.exchange = exchange
      self.engine = engine
      self.patience = patience
    }

    deinit { exchange.cancel() }
  }

  private let reader: Reader

  init(_ exchange: Exchange, _ engine: Engine, patience: Duration?) {
    reader = Reader(exchange, engine, patience)
  }

  /// Reads the chunks in turn.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private let reader: Reader

    fileprivate init(_ reader: Reader) { self.reader = reader }

    /// The next chunk, nil at the end.
    public mutating func next() async throws(HTTPError) -> [UInt8]? {
      try await reader.exchange.nextChunk()
    }

    /// The next chunk, nil at the end.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(HTTPError) -> [UInt8]? {
      try await reader.exchange.nextChunk()
    }
  }

  /// The chunks that were not read yet.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader) }

  /// The fields that came behind the body; all of them once the body was read to its end.
  public var trailers: HTTPFields { reader.exchange.state.withLock { $0.trailers } }

  /// What was not read yet, or an error where it is larger than `limit` bytes.
  public func collect(limit: Int) async throws(HTTPError) -> [UInt8] {
    var content: [UInt8] = []
    while let chunk = try await reader.exchange.nextChunk() {
      guard content.count + chunk.count <= limit else {
        reader.exchange.cancel()
        throw HTTPError(reader.exchange.url, .tooLarge(limit: limit), sent: .maybe)
      }
      if content.isEmpty { content = chunk } else { content += chunk }
    }
    return content
  }

  /// As much as there is, at most `limit` bytes, whether or not the rest comes well.
  ///
  /// Bytes that drip are no silence: what has not come within the time that silence may last is not waited for.
  func head(limit: Int) async -> [UInt8] {
    guard let patience = reader.patience else { return await beginning(limit) }
    return await withTaskGroup(of: [UInt8]?.self) { group in
      group.addTask { await beginning(limit) }
      group.addTask {
        try? await ContinuousClock().sleep(for: patience)
        return nil
      }
      var content: [UInt8] = []
      for await found in group {
        content = found ?? content
        group.cancelAll()
      }
      return content
    }
  }

  private func beginning(_ limit: Int) async -> [UInt8] {
    var content: [UInt8] = []
    while content.count < limit, let chunk = try? await reader.exchange.nextChunk() {
      content += chunk.prefix(limit - content.count)
    }
    return content
  }
}

/// Takes the bytes of a body that is made while it is sent.
public struct HTTPBodyWriter: Sendable {
  let exchange: Exchange

  /// Hands on some bytes; waits while enough of them wait to be sent.
  ///
  /// Throws where the transfer has ended, to stop the producer; what it throws then is not reported again.
  public func write(_ bytes: [UInt8]) async throws(HTTPError) {
    try await exchange.write(bytes)
  }
}
