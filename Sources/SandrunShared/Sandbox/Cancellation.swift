/// A way to end a run from another thread.
public final class Cancellation: Sendable {
  private let pipe: Pipe

  /// Makes one that nobody has used yet.
  public init() throws(SandboxError) {
    pipe = try Pipe()
  }

  /// Asks the run to end: its processes are killed; a run that has not begun does not begin.
  public func cancel() { pipe.write([1]) }

  /// Readable once `cancel` was called.
  var number: Int32 { pipe.readingNumber }
}
