internal import Files
internal import Hashing
internal import Journals
internal import Records
internal import SystemPackage

extension Failure {
  /// What a record says whose transaction was refused for good by the time that it was to be offered again.
  static let refusedMeanwhileCode = "refused-meanwhile"

  /// Bytes whose nonce and ID were given free, so that they may not be offered any more: the record can be sent anew.
  static func refusedMeanwhile(_ hash: Digest32) -> Failure {
    Failure(
      .temporary, "\(hash) was refused for good meanwhile, by the run that signed it",
      code: refusedMeanwhileCode, hint: "fed again, the record gets another transaction")
  }

  /// What a tool says where a transaction journal cannot be used: 74, or 73 where it cannot be made, unless it only waited for it.
  init(_ error: JournalError) {
    switch error {
    case .interrupted: self = .interrupted
    case .locked:
      self.init(
        .temporary, error.description, code: "journal-locked",
        hint: "it may be waiting for somebody who confirms a signature")
    case .file(let cause):
      self.init(
        cause.action == "create" ? .cannotCreate : .io, error.description,
        hint: "nothing is sent without a journal, unless 'send --no-journal' says so")
    case .damaged(let path, _, _), .otherHeader(let path, _):
      let head = JournalFile.headPath(of: path)
      self.init(
        .io, error.description, code: "journal-damaged",
        hint:
          "nothing was signed or sent; put back \(path) and \(head.lastComponent?.string ?? "its head") as they were, or, once nothing of the account is pending any more, move both away: what they tell of earlier transactions and IDs is lost with them"
      )
    }
  }
}
