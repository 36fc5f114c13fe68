public import SystemPackage

/// What a keystore is locked with: move-only, wiped, never shown.
///
/// An empty one is a passphrase too.
public struct Passphrase: ~Copyable, Sendable {
  /// The longest passphrase taken, in bytes.
  public static let lengthLimit = 4096

  let secret: SecretBytes

  /// Takes bytes as they are.
  public init(_ secret: consuming SecretBytes) { self.secret = secret }

  /// Takes the bytes of a file or a line: one newline at the end is not part of it.
  init(line: borrowing SecretBytes) {
    let count = line.withSpan { bytes in
      let hasNewline = !bytes.isEmpty && bytes[bytes.count - 1] == UInt8(ascii: "\n")
      return hasNewline ? bytes.count - 1 : bytes.count
    }
    self.secret = line.prefix(count)
  }

  /// Whether two are the same.
  func isSame(as other: borrowing Passphrase) -> Bool {
    secret.withSpan { left in
      other.secret.withSpan { right in
        left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
      }
    }
  }
}

/// Where a passphrase comes from; never an argument.
public enum PassphraseSource: Hashable, Sendable {
  /// A file's content.
  case file(FilePath)
  /// All that a descriptor holds.
  case descriptor(Int32)
  /// The terminal, asked with this prompt and without an echo; twice where it is for a new key.
  case terminal(prompt: String, isNew: Bool)

  /// Reads the passphrase; `stop`, where it is a descriptor, ends the wait at a terminal once it is readable.
  public func read(stop: Int32 = -1) throws(PassphraseError) -> Passphrase {
    switch self {
    case .file(let path):
      return try Self.line("\(path)") { limit throws(Errno) in
        try SecretBytes.read(path, limit: limit)
      }
    case .descriptor(let number):
      return try Self.line("descriptor \(number)") { limit throws(Errno) in
        try SecretBytes.read(FileDescriptor(rawValue: number), limit: limit)
      }
    case .terminal(let prompt, let isNew):
      let terminal = try Terminal()
      let answer = Passphrase(line: try terminal.ask(prompt, stop: stop))
      if isNew {
        let again = Passphrase(line: try terminal.ask("Again, to be sure: ", stop: stop))
        guard answer.isSame(as: again) else { throw .mismatch }
      }
      return answer
    }
  }

  private static func line(
    _ name: String, read: (_ limit: Int) throws(Errno) -> SecretBytes?
  ) throws(PassphraseError) -> Passphrase {
    let content: SecretBytes?
    do throws(Errno) {
      // Room for the newline that is taken off.
      content = try read(Passphrase.lengthLimit + 1)
    } catch {
      throw .unreadable(name, error)
    }
    guard let content else { throw .tooLong(name) }
    return Passphrase(line: content)
  }
}

/// Why there is no passphrase.
public enum PassphraseError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file or descriptor cannot be read.
  case unreadable(String, Errno)
  /// The file, descriptor or line is longer than a passphrase may be.
  case tooLong(String)
  /// There is no terminal to ask on.
  case noTerminal(Errno)
  /// The two answers at the terminal differ.
  case mismatch
  /// A signal came, or the terminal went away, before there was an answer.
  case interrupted

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .unreadable(let name, let errno): "cannot read a passphrase from \(name): \(errno)"
    case .tooLong(let name): "\(name) is longer than \(Passphrase.lengthLimit) bytes"
    case .noTerminal(let errno): "no passphrase given, and no terminal to ask on: \(errno)"
    case .mismatch: "the two passphrases differ"
    case .interrupted: "no passphrase given"
    }
  }
}
