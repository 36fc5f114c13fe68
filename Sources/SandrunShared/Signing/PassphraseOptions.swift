public import ArgumentParser
public import Commands
public import Ethereum
public import Records
internal import SystemPackage

/// Where a passphrase comes from: a file, a descriptor, the environment, else the terminal.
public struct PassphraseOptions: ParsableArguments, Sendable {
  /// The file with the passphrase.
  @Option(
    help: "Read the passphrase from <file>; a newline at its end is not part of it.",
    completion: .file())
  public var passphraseFile: String?

  /// The descriptor with the passphrase.
  @Option(help: "Read the passphrase from the open file descriptor <n>.")
  public var passphraseFd: Int32?

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses two sources, and what is no descriptor.
  public func validate() throws {
    guard passphraseFile == nil || passphraseFd == nil else {
      throw ValidationError("--passphrase-file and --passphrase-fd exclude each other")
    }
    guard passphraseFd ?? 0 >= 0 else { throw ValidationError("--passphrase-fd takes 0 or more") }
  }

  /// The source: an option beats `SANDRUN_PASSPHRASE_FILE` beats the configuration beats the terminal.
  public func source(
    in world: World, prompt: String, isNew: Bool = false
  ) throws(Failure) -> PassphraseSource {
    if let passphraseFd { return .descriptor(passphraseFd) }
    guard let file = try world.setting(.passphraseFile, flag: passphraseFile) else {
      return .terminal(prompt: prompt, isNew: isNew)
    }
    return .file(FilePath(file))
  }

  /// Reads the passphrase; at a terminal the prompt is shown, and the question put twice for a new key.
  public func read(
    in world: World, prompt: String, isNew: Bool = false
  ) throws(Failure) -> Passphrase {
    let source = try source(in: world, prompt: prompt, isNew: isNew)
    do throws(PassphraseError) {
      return try source.read(stop: world.interruption.descriptor)
    } catch {
      throw Failure(error)
    }
  }
}
