import CLinux
import Files
import Records
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a program reads how far a run has come: JSON Lines, each with `event`, `verb`, `operand` and figures.
///
/// A reader that goes away, or a disk that is full, does not end the work.
struct ProgressEvents: Sendable {
  private let sink: any ByteSink
  /// Kept open as long as the sink is in use.
  private let file: OpenFile?

  init(_ sink: any ByteSink) {
    self.sink = sink
    file = nil
  }

  init(appendingTo path: String) throws(Failure) {
    do throws(FileError) {
      let file = try OpenFile(
        FilePath(path), .writeOnly, options: [.create, .append],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      self.file = file
      sink = DescriptorSink(file.descriptor.rawValue, named: path)
    } catch {
      throw Failure(.cannotCreate, "cannot write events: \(error)")
    }
  }

  /// Tells what a record has come to.
  func tell(
    _ event: String, _ verb: String, _ operand: String, _ figures: ProgressFigures,
    _ rate: RateWindow
  ) {
    var members: JSONObject = [
      "event": .string(event), "verb": .string(verb), "operand": .string(operand),
      "bytes": .integer(figures.bytes),
    ]
    if figures.items > 0 { members["items"] = .integer(figures.items) }
    if let total = figures.total { members["total"] = .integer(total) }
    if event != "start" {
      let bytesPerSecond = rate.bytesPerSecond
      members["milliseconds"] = .integer(rate.milliseconds)
      members["rate"] = bytesPerSecond.map { .integer($0) }
      if event == "progress", let left = figures.secondsLeft(at: bytesPerSecond) {
        members["eta"] = .integer(left)
      }
    }
    var line = Record(members).bytes
    line.append(UInt8(ascii: "\n"))
    withoutSIGPIPE { try? sink.write(line) }
  }

  /// Does a write that may find nobody at the other end, and yet does not end the process.
  private func withoutSIGPIPE(_ body: () -> Void) {
    var pipe = sigset_t()
    var old = sigset_t()
    unsafe sigemptyset(&pipe)
    unsafe sigaddset(&pipe, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &pipe, &old)
    body()
    // One that came waits for this thread only, and must not outlive the block.
    var none = timespec()
    _ = unsafe sigtimedwait(&pipe, nil, &none)
    unsafe pthread_sigmask(SIG_SETMASK, &old, nil)
  }
}
