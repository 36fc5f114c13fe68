public import ArgumentParser
public import Commands
public import Ethereum
public import Records

/// What signs: a key of ours, or a command that signs for a key held elsewhere.
public struct SignerOptions: ParsableArguments, Sendable {
  /// Which key, and where its passphrase comes from.
  @OptionGroup public var keys: KeyOptions

  /// The command of an external signer.
  @Option(
    help: ArgumentHelp(
      "Have <command> sign, for a key held elsewhere.",
      discussion: """
        It is started by 'sh -c' for each signature, with {"digest","address","record"} on a line \\
        of its standard input, and answers {"signature"} on a line.
        """),
    completion: .file())
  public var signer: String?

  /// How long an external signer may take, in seconds.
  @Option(help: "Give the external signer up after <seconds>.")
  public var signerTimeout: Int = 120

  /// The account that is to sign.
  @Option(
    help: "Sign as <address>: needed with --signer where a record does not say.",
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  public var from: Address?

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses two signers, and no time to sign in.
  public func validate() throws {
    guard signer == nil || keys.key == nil else {
      throw ValidationError("--signer and --key exclude each other")
    }
    guard signer?.isEmpty != true else { throw ValidationError("--signer takes a command") }
    guard (1...86_400).contains(signerTimeout) else {
      throw ValidationError("--signer-timeout takes 1 to 86400")
    }
  }

  /// What signs in this run: an option beats `SANDRUN_SIGNER` beats the configuration beats the key.
  ///
  /// `--key` beats an external signer of the environment or the configuration.
  public func signatory(in world: World) throws(Failure) -> Signatory {
    if keys.key == nil, let command = try world.setting(.signer, flag: signer), !command.isEmpty {
      let external = ExternalSigner(command: command, timeout: .seconds(signerTimeout))
      return Signatory(.command(external), from: from, in: world)
    }
    return Signatory(.key(keys), from: from, in: world)
  }
}
