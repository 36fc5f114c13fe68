internal import NIOPosix

/// Runs what waits for the disk on threads that may wait, so that those which serve everybody need not.
enum Blocking {
  /// For what may take its time: a few at once, so that short reads never wait for it.
  private static let patient: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 4)
    pool.start()
    return pool
  }()

  /// Runs a body of one or a few disk accesses; its error comes through as it is.
  static func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await NIOThreadPool.singleton.runIfActive(body)
  }

  /// Runs a body that may take long.
  static func runLong<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await patient.runIfActive(body)
  }
}
