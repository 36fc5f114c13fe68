public import ArgumentParser
public import Commands
public import Ethereum
public import Records
internal import SystemPackage

/// Where a passphrase comes from: a file, a descriptor, the environment, else the terminal.
public struct PassphraseOptions: ParsableArguments, Sendable {
  /// The file with the passphrase.
  @Option(help: "Read the passphrase from <file>; a newline at its end is not part of it.")
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

  /// The source: an option beats `SANDRUN_PASSPHRASE_FILE` beats the terminal.
  public func source(in world: World, prompt: String, isNew: Bool = false) -> PassphraseSource {
    if let passphraseFd { return .descriptor(passphraseFd) }
    // An empty variable is a variable that is not set, as shells have it.
    let named = world.environment["SANDRUN_PASSPHRASE_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    if let file = passphraseFile ?? named { return .file(FilePath(file)) }
    return .terminal(prompt: prompt, isNew: isNew)
  }

  /// Reads the passphrase of a key.
  public func passphrase(
    in world: World, prompt: String, isNew: Bool = false
  ) throws(Failure) -> Passphrase {
    do throws(PassphraseError) {
      return try source(in: world, prompt: prompt, isNew: isNew)
        .read(stop: world.interruption.descriptor)
    } catch {
      throw Failure(error)
    }
  }
}

/// Which key signs, and where its passphrase comes from: the options of every verb that signs.
public struct KeyOptions: ParsableArguments, Sendable {
  /// The name of the key.
  @Option(help: "Sign with the key <name> (else SANDRUN_KEY, else 'default').")
  public var key: String?

  /// Where its passphrase comes from.
  @OptionGroup public var passphrase: PassphraseOptions

  /// Made by ArgumentParser.
  public init() {}

  /// The name: the option beats `SANDRUN_KEY` beats `default`.
  public func name(in world: World) throws(Failure) -> KeyName {
    try KeyName.chosen(key, in: world)
  }

  /// The account of the key, without its passphrase.
  public func address(in world: World) throws(Failure) -> Address {
    let name = try name(in: world)
    let store = KeyStore(try world.folders)
    do throws(KeyStoreError) { return try store.address(of: name) } catch { throw Failure(error) }
  }

  /// Unlocks the key: asks for the passphrase once, and takes about a second.
  public func signer(in world: World) throws(Failure) -> Signer {
    let name = try name(in: world)
    let store = KeyStore(try world.folders)
    do throws(KeyStoreError) {
      // A key that is not there is told before a passphrase is asked for.
      _ = try store.keystore(name)
    } catch {
      throw Failure(error)
    }
    let passphrase = try passphrase.passphrase(
      in: world, prompt: "Passphrase of the key '\(name)': ")
    do throws(KeyStoreError) {
      return Signer(try store.unlock(name, with: passphrase))
    } catch {
      throw Failure(error)
    }
  }
}

extension KeyName {
  /// The name a command means: the one given, else `SANDRUN_KEY`, else `default`.
  public static func chosen(_ given: String?, in world: World) throws(Failure) -> KeyName {
    let named = world.environment["SANDRUN_KEY"].flatMap { $0.isEmpty ? nil : $0 }
    do throws(KeyStoreError) {
      return try KeyName(given ?? named ?? "default")
    } catch {
      throw Failure(error)
    }
  }
}
