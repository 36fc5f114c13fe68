public import ArgumentParser
internal import CLinux
public import Commands
public import Ethereum
public import Records
public import SystemPackage

/// Which key signs, and where its passphrase comes from: the options of every verb that signs.
public struct KeyOptions: ParsableArguments, Sendable {
  /// The name of the key, or a path with a slash in it.
  @Option(
    help: "Sign with the key <name>, or with the keystore file at a path that has a slash.",
    completion: .file())
  public var key: String?

  /// Where its passphrase comes from.
  @OptionGroup public var passphrase: PassphraseOptions

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses a passphrase from standard input, which carries the records.
  public func validate() throws {
    guard passphrase.passphraseFd != 0 else {
      throw ValidationError("--passphrase-fd 0 is standard input, which carries the records")
    }
  }

  /// The account of the key, without its passphrase.
  public func address(in world: World) throws(Failure) -> Address {
    let path = try path(in: world)
    do throws(KeyStoreError) {
      return try KeyStore.address(at: path)
    } catch {
      throw Failure(error)
    }
  }

  /// The key's file, still locked; throws where it is not there or others may use it.
  public func keystore(in world: World) throws(Failure) -> Keystore {
    let path = try path(in: world)
    do throws(KeyStoreError) {
      return try KeyStore.keystore(at: path)
    } catch {
      throw Failure(error)
    }
  }

  /// Unlocks the key: reads or asks for the passphrase once, and takes about a second.
  public func signer(in world: World) throws(Failure) -> Signer {
    let path = try path(in: world)
    // A key that is not there, or cannot be read, is told before a passphrase is asked for.
    let keystore = try keystore(in: world)
    // From here on this process knows a secret.
    _ = sr_hide_memory()
    let passphrase = try passphrase.read(in: world, prompt: "Passphrase of \(path): ")
    do throws(KeystoreError) {
      return Signer(try keystore.unlock(passphrase))
    } catch {
      throw Failure(.keystore(path, error))
    }
  }

  private func path(in world: World) throws(Failure) -> FilePath {
    try Self.path(of: key, in: world)
  }

  /// Where the chosen key lies: the option beats `SANDRUN_KEY` beats the configuration beats `default`.
  public static func path(of given: String?, in world: World) throws(Failure) -> FilePath {
    let chosen = try world.setting(.key, flag: given) ?? "default"
    guard !chosen.contains("/") else { return FilePath(chosen) }
    return KeyStore(try world.folders).path(of: try KeyName(checking: chosen))
  }
}

extension KeyName {
  /// A name, or a usage failure that names it.
  public init(checking text: String) throws(Failure) {
    do throws(KeyStoreError) {
      try self.init(text)
    } catch {
      throw Failure(error)
    }
  }

  /// The name a command means: the one given, else `SANDRUN_KEY`, else the configuration's, else `default`.
  public static func chosen(_ given: String?, in world: World) throws(Failure) -> KeyName {
    try KeyName(checking: try world.setting(.key, flag: given) ?? "default")
  }
}
