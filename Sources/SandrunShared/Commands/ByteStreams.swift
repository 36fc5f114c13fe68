import CLinux
public import Records

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a tool's input comes from: a descriptor when it runs, bytes in a test.
public protocol ByteSource: Sendable {
  /// Up to `limit` bytes, none at the end; waits where there are none yet.
  func read(limit: Int) throws(Failure) -> [UInt8]
  /// Whether a read would answer at once.
  var isReady: Bool { get }
  /// Who may be at the other end.
  var kind: ByteSourceKind { get }
  /// Makes a read that waits, and every later one, throw `Failure.interrupted`.
  func cancel()
}

/// What a tool's input is connected to.
public enum ByteSourceKind: Sendable {
  /// A pipe, a file, a socket: something that may bring records.
  case stream
  /// Somebody at a keyboard.
  case terminal
  /// Another device, such as `/dev/null`, which cron and service managers give.
  case device
}

extension ByteSource {
  /// A stream, unless it knows better.
  public var kind: ByteSourceKind { .stream }
}

/// Where a tool's output goes.
public protocol ByteSink: Sendable {
  /// Writes all of the bytes, or throws.
  func write(_ bytes: [UInt8]) throws(Failure)
  /// Writes lines; a request to stop ends it between two of them where nobody takes them, by `Failure.interrupted`.
  func write(lines: [UInt8], until interruption: Interruption) throws(Failure)
  /// Ends as a write would where nobody reads any more: for those that write seldom.
  func check() throws(Failure)
  /// How wide the terminal is; nil where there is none, or where it is somebody else's turn to write to it.
  var columns: Int? { get }
}

extension ByteSink {
  /// Writes them all, for what keeps nobody waiting.
  public func write(lines: [UInt8], until interruption: Interruption) throws(Failure) {
    try write(lines)
  }

  /// Nothing, for what cannot lose its reader.
  public func check() throws(Failure) {}

  /// No terminal.
  public var columns: Int? { nil }
}

/// Standard input; a signal to stop is no end of the input: what was half read is not to be taken for a whole.
public struct DescriptorSource: ByteSource {
  private let descriptor: Int32
  private let interruption: Interruption
  private let cancellation = Pipe()

  /// Reads a descriptor until its end, an interruption or a cancellation.
  public init(_ descriptor: Int32, until interruption: Interruption) {
    self.descriptor = descriptor
    self.interruption = interruption
  }

  /// Wakes a read that waits.
  public func cancel() { cancellation.ring() }

  /// Whether `poll` finds bytes or the end.
  public var isReady: Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&watched, 1, 0) != 0
  }

  /// The C functions are `isatty` and `fstat`.
  public var kind: ByteSourceKind {
    if isatty(descriptor) == 1 { return .terminal }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return .stream }
    return status.st_mode & S_IFMT == S_IFCHR ? .device : .stream
  }

  /// The C functions are `poll` and `read`.
  public func read(limit: Int) throws(Failure) -> [UInt8] {
    while true {
      var watched = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: cancellation.readEnd, events: Int16(POLLIN), revents: 0),
      ]
      guard unsafe poll(&watched, 3, -1) >= 0 else {
        guard errno == EINTR else { throw Self.failure("cannot wait for standard input") }
        continue
      }
      if watched[1].revents != 0 || watched[2].revents != 0 { throw .interrupted }
      var count = 0
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
        unsafe count = Glibc.read(descriptor, buffer.baseAddress, limit)
        initialized = max(0, count)
      }
      if count >= 0 { return bytes }
      guard errno == EINTR || errno == EAGAIN else {
        throw Self.failure("cannot read standard input")
      }
    }
  }

  private static func failure(_ what: String) -> Failure {
    Failure(.io, "\(what): \(unsafe String(cString: strerror(errno)))")
  }
}

/// Standard output or standard error.
public struct DescriptorSink: ByteSink {
  private let descriptor: Int32
  private let name: String

  /// Writes to a descriptor; the name is for messages.
  public init(_ descriptor: Int32, named name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// The C functions are `isatty`, `tcgetpgrp` and `ioctl`; a job in the background leaves the terminal alone.
  public var columns: Int? {
    guard isatty(descriptor) == 1 else { return nil }
    let foreground = tcgetpgrp(descriptor)
    guard foreground < 0 || foreground == getpgrp() else { return nil }
    let columns = sr_terminal_columns(descriptor)
    return columns > 0 ? Int(columns) : 80
  }

  /// The C function is `poll`, which tells an error of a pipe that nobody reads; the process ends by SIGPIPE then.
  public func check() throws(Failure) {
    var watched = pollfd(fd: descriptor, events: 0, revents: 0)
    guard unsafe poll(&watched, 1, 0) > 0, watched.revents & Int16(POLLERR) != 0 else { return }
    Interruption.die(of: SIGPIPE)
  }

  /// So many bytes a pipe takes at once, or none of them (POSIX: at least 512; Linux: a page).
  private static let pipePart = 4096

  /// The C functions are `poll` and `write`.
  public func write(lines: [UInt8], until interruption: Interruption) throws(Failure) {
    var first = 0
    while first < lines.count {
      try wait(until: interruption)
      // As many whole lines as go at once; a longer one keeps its writer waiting, rather than be left in halves.
      let part = lines[first...].prefix(Self.pipePart)
      let end =
        part.count == lines.count - first
        ? lines.endIndex
        : (part.lastIndex(of: UInt8(ascii: "\n"))
          ?? lines[part.endIndex...].firstIndex(of: UInt8(ascii: "\n")) ?? lines.endIndex - 1) + 1
      try write(Array(lines[first..<end]))
      first = end
    }
  }

  /// Waits until something can be written, or throws at a request to stop.
  private func wait(until interruption: Interruption) throws(Failure) {
    while true {
      var watched = [
        pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      guard unsafe poll(&watched, 2, -1) >= 0 else {
        if errno == EINTR { continue }
        return
      }
      // A write tells of an error itself.
      if watched[0].revents != 0 { return }
      if watched[1].revents != 0 { throw .interrupted }
    }
  }

  /// The C function is `write`; it is repeated until all is written.
  public func write(_ bytes: [UInt8]) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&watched, 1, -1)
      } else if errno != EINTR {
        throw Failure(.io, "cannot write \(name): \(unsafe String(cString: strerror(errno)))")
      }
    }
  }
}
