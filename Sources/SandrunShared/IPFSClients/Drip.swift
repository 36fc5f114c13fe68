internal import HTTP

/// Tells a connection that brings a byte now and then from one that is only slow.
struct Drip {
  /// One that brings less than this a second, over the time that a connection may be silent, is as good as silent.
  static let leastRate = 1 << 10

  private let patience: Duration?
  /// How long it was waited for, and what came in that time; our own work in between is not its slowness.
  private var waited = Duration.zero
  private var count = 0

  init(patience: Duration?) { self.patience = patience }

  /// The next piece of a body; throws where so little came for so long.
  mutating func next(
    of chunks: inout HTTPBody.AsyncIterator, from url: HTTPURL
  ) async throws(HTTPError) -> [UInt8]? {
    let start = ContinuousClock.now
    let chunk = try await chunks.next()
    guard let patience, let chunk else { return chunk }
    try take(chunk.count, after: ContinuousClock.now - start, patience, from: url)
    return chunk
  }

  /// A body as a whole, at most so many bytes.
  mutating func collect(
    _ answer: HTTPAnswer, limit: Int
  ) async throws(HTTPError) -> [UInt8] {
    let tooLarge = HTTPError(answer.url.description, .tooLarge(limit: limit), sent: .maybe)
    if let length = answer.length, length > limit { throw tooLarge }
    var bytes: [UInt8] = []
    var chunks = answer.body.makeAsyncIterator()
    while let chunk = try await next(of: &chunks, from: answer.url) {
      guard bytes.count + chunk.count <= limit else { throw tooLarge }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    }
    return bytes
  }

  private mutating func take(
    _ bytes: Int, after wait: Duration, _ patience: Duration, from url: HTTPURL
  ) throws(HTTPError) {
    waited += wait
    count += bytes
    guard waited > patience else { return }
    guard Double(count) >= Double(Self.leastRate) * (waited / .seconds(1)) else {
      throw HTTPError(url.description, .timedOut(.slow), sent: .maybe)
    }
    (waited, count) = (.zero, 0)
  }
}
