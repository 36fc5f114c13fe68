internal import Envelopes
internal import Ethereum
internal import Hashing
internal import IPFS
internal import Marketplace
internal import Records

/// One proof that could be read, together with all that it is held against.
///
/// Each check is a method that throws what is wrong, or returns what its passing does not cover.
struct Subject {
  var verification: Verification
  var entry: ProofEntry
  var survey: ProofSurvey
  var envelope: Envelope
  var statement: Statement

  var record: RunRecord { verification.record }
  /// Whether the record's `result` is another run's and came to another result.
  var isOfAnotherResult: Bool {
    verification.isOfAnotherRun && statement.resultHash != record.resultHash
  }

  /// The frames are the ones whose root was signed.
  func trace() throws(Finding) -> String? {
    guard survey.leaves.count == statement.leaves else {
      throw .failed("\(survey.leaves.count) frames, where \(statement.leaves) are signed")
    }
    guard survey.root == statement.traceRoot else {
      throw .failed("the frames have root \(survey.root), signed is \(statement.traceRoot)")
    }
    return nil
  }

  /// The envelope was signed by the node that the statement names.
  func signature() throws(Finding) -> String? {
    guard let keyID = Address(envelope.keyID), keyID == statement.node else {
      throw .failed("the key is \(envelope.keyID), the node \(statement.node)")
    }
    guard let signer = envelope.signer else { throw .failed("no signature of any key") }
    guard signer == statement.node else {
      throw .failed("signed by \(signer), not by \(statement.node)")
    }
    return nil
  }

  /// The node is one that is accepted.
  func signer() throws(Finding) -> String? {
    guard let signers = verification.signers else {
      throw .missing("no signer is known: neither a node of the record nor a key of our own")
    }
    guard signers.contains(statement.node) else {
      throw .failed("\(statement.node) is not among the accepted signers")
    }
    return nil
  }

  /// The record's own claim, which contracts check, is the same node's and says the same.
  func claim() throws(Finding) -> String? {
    if let node = entry.node, node != statement.node {
      throw .failed("the record names \(node), the proof \(statement.node)")
    }
    guard entry.node != nil else { throw .missing("the record names no node") }
    guard let root = entry.traceRoot else { throw .missing("the record names no trace root") }
    guard root == statement.traceRoot else {
      throw .failed("the record has trace root \(root), the proof \(statement.traceRoot)")
    }
    guard let hash = statement.resultHash else {
      guard entry.resultHash == nil, entry.signature == nil else {
        throw .failed("the record claims a result hash, the proof has none")
      }
      return "a run that was ended has no result hash, and nothing to claim"
    }
    guard let claimed = entry.resultHash else { throw .missing("the record has no result hash") }
    guard claimed == hash else {
      throw .failed("the record has result hash \(claimed), the proof \(hash)")
    }
    guard let signature = entry.signature else { throw .missing("the record has no signature") }
    let claim = Claim(statement, resultHash: hash, escrow: record.escrow)
    guard let signer = claim?.signer(of: signature) else {
      throw .failed("no signature of any key")
    }
    guard signer == statement.node else {
      throw .failed("signed by \(signer), not by \(statement.node)")
    }
    return nil
  }

  /// The job's specification is the one that was signed, and the one that `code.spec` names.
  func specification() throws(Finding) -> String? {
    guard let specification = record.specification else { throw .missing("the record has no job") }
    guard specification.digest == statement.specification.sha256 else {
      let found = CID(specification.digest, codec: .raw)
      throw .failed("the job's specification is \(found), signed is \(statement.specification)")
    }
    guard let cid = record.specificationCID else { throw .missing("the record has no code.spec") }
    guard cid.sha256 == specification.digest else {
      throw .failed("the job's specification is not what code.spec names")
    }
    return nil
  }

  /// The code is the one that was signed.
  func code() throws(Finding) -> String? {
    guard let code = record.code else { throw .missing("the record has no code") }
    guard code.v1 == statement.code.v1 else {
      throw .failed("the record has code \(code), signed is \(statement.code)")
    }
    return nil
  }

  /// The run ended as the record says.
  func exit() throws(Finding) -> String? {
    guard let result = record.result else { throw .missing("the record has no result") }
    guard let exit = RunExit(.object(result)) else {
      throw .missing("the record's result has no status")
    }
    guard exit == statement.exit else {
      throw .failed("the record says \(exit.json), signed is \(statement.exit.json)")
    }
    if verification.isOfAnotherRun { return "the record's usage is of another node's run" }
    let usage = statement.usage.json
    for name in ["cpuSeconds", "wallSeconds", "memoryPeak"] {
      if let told = result["usage"]?[name], told != .null, told != usage[name] {
        throw .failed("the record's usage has \(name) \(told), signed is \(usage[name] ?? .null)")
      }
    }
    return nil
  }

  /// The result hash is the one that these digests and this exit status have.
  func result() throws(Finding) -> String? {
    guard let status = statement.exit.hashedStatus else {
      guard statement.resultHash == nil else {
        throw .failed("a run that was ended has no result hash")
      }
      return nil
    }
    guard let hash = statement.resultHash else { throw .missing("the proof has no result hash") }
    guard let specification = statement.specification.sha256, let code = statement.code.sha256,
      let outputs = statement.outputs?.sha256
    else { throw .missing("the proof names no outputs") }
    let expected = ResultHash.of(
      specification: specification, code: code, outputs: outputs, exitStatus: status)
    guard hash == expected else { throw .failed("signed is \(hash), it should be \(expected)") }
    return nil
  }

  /// The job in escrow is the one that was signed.
  func escrow() throws(Finding) -> String? {
    guard let escrow = record.escrow?.job else {
      throw .missing("the proof is for a job in escrow, the record has none")
    }
    guard let signed = statement.escrow else {
      throw .failed("the proof is for a job that is in no escrow")
    }
    guard signed == escrow else {
      throw .failed("the record has \(escrow.json), signed is \(signed.json)")
    }
    return nil
  }
}
