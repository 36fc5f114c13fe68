/// The request to end a run from outside it.
public final class Cancellation: Sendable {
  private let pipe: Pipe?
  /// Readable once the run is to end.
  let number: Int32

  /// One that `cancel` asks for.
  public init() throws(SandboxError) {
    let pipe = try Pipe()
    number = pipe.readingNumber
    self.pipe = consume pipe
  }

  /// One that comes when this descriptor, which stays the caller's, can be read; -1 never can.
  public init(whenReadable descriptor: Int32) {
    pipe = nil
    number = descriptor
  }

  /// Asks the run to end: its processes are killed; a run that has not begun does not begin.
  public func cancel() {
    switch pipe {
    case .some(let pipe): pipe.write([1])
    case .none: break
    }
  }
}
