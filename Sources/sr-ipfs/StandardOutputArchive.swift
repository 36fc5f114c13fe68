import Commands
import Records
import Synchronization

/// Standard output where an archive goes there: it takes one, since what stands behind the end of an archive is not read.
final class StandardOutputArchive: Sendable {
  static let refusal = "standard output takes one archive: use --output with a directory"

  private let isBegun = Mutex(false)

  /// Says that an archive begins; throws where one was begun before.
  func begin() throws(Failure) {
    let isSecond = isBegun.withLock { isBegun in
      defer { isBegun = true }
      return isBegun
    }
    guard !isSecond else {
      throw Failure(
        .usage, "standard output takes one archive", hint: "use --output with a directory")
    }
  }
}
