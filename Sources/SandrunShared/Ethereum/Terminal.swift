internal import Glibc
internal import SystemPackage

/// The terminal of the process, for a secret that nobody looking on should read.
@safe
struct Terminal: ~Copyable {
  private let descriptor: Int32

  init() throws(PassphraseError) {
    let descriptor = unsafe open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .noTerminal(Errno(rawValue: errno)) }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Shows a prompt and reads a line with its newline, the echo off; the C function is `tcsetattr`.
  func ask(_ prompt: String, stop: Int32) throws(PassphraseError) -> SecretBytes {
    var before = termios()
    guard unsafe tcgetattr(descriptor, &before) == 0 else {
      throw .noTerminal(Errno(rawValue: errno))
    }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    silent.c_lflag |= tcflag_t(ICANON | ISIG | ECHONL)
    // What was typed before the question is no answer to it.
    guard unsafe tcsetattr(descriptor, TCSAFLUSH, &silent) == 0 else {
      throw .noTerminal(Errno(rawValue: errno))
    }
    defer { unsafe tcsetattr(descriptor, TCSAFLUSH, &before) }
    try show(prompt)
    try wait(stop)
    let limit = Passphrase.lengthLimit + 1
    var count = 0
    let line = unsafe SecretBytes(count: limit + 1) { base in
      unsafe count = read(descriptor, base, limit + 1)
    }
    guard count > 0 else { throw .interrupted }
    guard count <= limit else { throw .tooLong("the passphrase") }
    return line.prefix(count)
  }

  /// Shows a text.
  func show(_ text: String) throws(PassphraseError) {
    let text = Array(text.utf8)
    guard unsafe write(descriptor, text, text.count) == text.count else { throw .interrupted }
  }

  /// Shows a secret.
  func show(_ secret: borrowing SecretBytes) throws(PassphraseError) {
    let count = secret.count
    let written = unsafe secret.withUnsafePointer { unsafe write(descriptor, $0, count) }
    guard written == count else { throw .interrupted }
  }

  /// Waits for a line or for the signal to stop, which runs the tool's own handler and so must be looked for.
  private func wait(_ stop: Int32) throws(PassphraseError) {
    while true {
      var watched = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      ]
      guard unsafe poll(&watched, 2, -1) >= 0 else {
        guard errno == EINTR else { throw .interrupted }
        continue
      }
      if watched[1].revents != 0 { throw .interrupted }
      if watched[0].revents != 0 { return }
    }
  }
}
