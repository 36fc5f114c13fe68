internal import Envelopes
public import Ethereum
public import IPFS
internal import Marketplace
internal import Records
public import SystemPackage

/// Judges one proof of a record by named checks; each stands for itself, so one that fails says what is wrong.
///
/// It reads the proof file and the local repository and nothing else: no network, no key.
public struct Verification: Sendable {
  /// What the record says of the run.
  public var record: RunRecord
  /// The addresses whose word is accepted; nil where none is known.
  public var signers: [Address]?
  /// The local repository, where outputs may lie; nil where there is none.
  public var repository: Repository?
  /// What is at most taken from a proof file.
  public var limits: FrameLimits
  /// Whether the record's `result` is of another node's run: what is one run's own is then not held against a proof.
  var isOfAnotherRun = false

  /// Makes a judge of a record's proofs.
  public init(
    record: RunRecord, signers: [Address]?, repository: Repository?,
    limits: FrameLimits = FrameLimits()
  ) {
    self.record = record
    self.signers = signers
    self.repository = repository
    self.limits = limits
  }

  /// The checks of a proof wherever it is found; where it is not, all of them are missing.
  public func checks(of entry: ProofEntry, at location: ProofLocation) -> [Check] {
    do throws(ProofAbsence) {
      let (descriptor, path) = try location.open(entry)
      defer { try? descriptor.close() }
      return checks(of: entry, in: descriptor, named: path)
    } catch {
      return checks(withoutFile: Check(.format, .missing, error.reason))
    }
  }

  /// The checks of a proof in an open file, which stays the caller's to close.
  public func checks(
    of entry: ProofEntry, in descriptor: FileDescriptor, named path: FilePath
  ) -> [Check] {
    let survey: ProofSurvey
    do {
      survey = try ProofSurvey(descriptor, named: path, limits: limits)
    } catch {
      return checks(withoutFile: Check(.format, .failed, "\(error)"))
    }
    let envelope: Envelope
    let statement: Statement
    do throws(AttestationError) {
      envelope = try Envelope(attested: survey.attestation["envelope"])
      guard envelope.payloadType == Envelope.inToto else {
        throw .unknownPayload(envelope.payloadType)
      }
      statement = try Statement(parsing: envelope.payload)
    } catch {
      return checks(withoutFile: Check(.format, .failed, "\(error)"))
    }
    let subject = Subject(
      verification: self, entry: entry, survey: survey, envelope: envelope, statement: statement)
    let (format, events) = subject.readTrace(descriptor, named: path)
    return [format, check(.trace, subject.trace), events]
      + [
        check(.signature, subject.signature), check(.signer, subject.signer),
        check(.claim, subject.claim), check(.specification, subject.specification),
        check(.code, subject.code), check(.outputs, subject.outputs), check(.exit, subject.exit),
        check(.result, subject.result),
      ] + (record.escrow == nil && statement.escrow == nil ? [] : [check(.escrow, subject.escrow)])
  }

  /// The checks where there is no file to read, or none that can be read: `format` tells why, the others are missing.
  private func checks(withoutFile format: Check) -> [Check] {
    let names = Check.Name.allCases.filter {
      $0 != .format && ($0 != .escrow || record.escrow != nil)
    }
    return [format] + names.map { Check($0, .missing, "the proof cannot be read") }
  }

  private func check(_ name: Check.Name, _ judge: () throws(Finding) -> String?) -> Check {
    do throws(Finding) {
      return Check(name, .passed, try judge())
    } catch {
      switch error {
      case .failed(let reason): return Check(name, .failed, reason)
      case .missing(let reason): return Check(name, .missing, reason)
      }
    }
  }
}
