internal import Journals
internal import Records
internal import SystemPackage

extension Failure {
  /// What a tool says where a transaction journal cannot be used: 74, unless it only waited for it.
  init(_ error: JournalError) {
    switch error {
    case .interrupted: self = .interrupted
    case .locked: self.init(.temporary, error.description, code: "journal-locked")
    case .file: self.init(.io, error.description)
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
