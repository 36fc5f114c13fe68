internal import NIOPosix

/// Runs what waits for the disk on threads that may wait, so that those which serve everybody need not.
enum Blocking {
  /// Runs a body on a thread of the pool; a typed error comes through as it is.
  static func run<T: Sendable, E: Error>(
    _ body: @escaping @Sendable () throws(E) -> T
  ) async throws -> T {
    let result: Result<T, E> = try await NIOThreadPool.singleton.runIfActive {
      do throws(E) { return .success(try body()) } catch { return .failure(error) }
    }
    return try result.get()
  }
}
