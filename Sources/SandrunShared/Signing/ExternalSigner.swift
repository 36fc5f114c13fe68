internal import Commands
internal import Ethereum
internal import Hashing
internal import Records
internal import SystemPackage

/// A command that signs for an account whose key is elsewhere: a hardware wallet, a remote service, an agent.
///
/// It is started by `sh -c` for each signature, gets `{"digest","address","record"}` on a line, and answers
/// `{"signature"}` on a line. What it answers is checked, and it never sees where our own passphrases are.
struct ExternalSigner: Sendable {
  let command: String
  let timeout: Duration

  func sign(
    _ digest: Digest32, by account: Address, of record: Record, in world: World
  ) throws(Failure) -> Signature {
    let answer = try ask(digest, account, record, in: world)
    let signature: Signature
    do throws(SignatureError) { signature = try Signature(parsing: answer) } catch {
      throw Failure(.protocolViolation, "the signer's answer is no signature: \(error)")
    }
    guard let signer = signature.signer(of: digest)?.address, signer == account else {
      let found = signature.signer(of: digest).map { "\($0.address)" } ?? "nobody"
      throw Failure(
        .permission, "the signer's signature is by \(found), not by \(account)",
        hint: "name the signer's account with --from, or choose another signer")
    }
    return signature
  }

  private func ask(
    _ digest: Digest32, _ account: Address, _ record: Record, in world: World
  ) throws(Failure) -> String {
    let request = Record(["digest": .string("\(digest)"), "address": .string("\(account)")])
      .setting("record", toText: record.bytes)
    let environment = world.environment.filter { !$0.key.hasPrefix("SANDRUN_PASSPHRASE") }
    let end: SignerProcess.End
    do throws(Errno) {
      var process = try SignerProcess(
        command, environment: environment, input: request.bytes + [UInt8(ascii: "\n")])
      end = process.finish(within: timeout, stop: world.interruption.descriptor)
    } catch {
      throw Failure(.temporary, "cannot start the signer: \(error)")
    }
    switch end {
    case .answered(let bytes): return try Self.signature(in: bytes)
    case .failed(let status):
      throw Failure(
        .permission, "the signer ended with status \(status)",
        hint: status == 127 ? "the command of --signer was not found" : nil)
    case .tooLong:
      throw Failure(
        .protocolViolation, "the signer answers more than \(SignerProcess.answerLimit) bytes")
    case .timedOut:
      throw Failure(.temporary, "the signer did not answer within \(timeout.components.seconds) s")
    case .stopped: throw .interrupted
    }
  }

  /// The text of `signature` in the one line of an answer.
  private static func signature(in bytes: [UInt8]) throws(Failure) -> String {
    guard !bytes.isEmpty else { throw Failure(.protocolViolation, "the signer answers nothing") }
    let answer: JSON
    do throws(JSONError) { answer = try JSON(parsing: bytes) } catch {
      throw Failure(.protocolViolation, "the signer's answer is no JSON: \(error)")
    }
    guard let text = answer["signature"]?.string else {
      throw Failure(.protocolViolation, "the signer's answer has no \"signature\"")
    }
    return text
  }
}
