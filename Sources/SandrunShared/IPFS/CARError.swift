/// Why bytes are no CAR that is taken here; offsets count from the start of the archive.
public enum CARError: Error, Equatable, Sendable {
  /// It is of another version than 1.
  case unsupportedVersion(UInt64)
  /// The header is longer than is read.
  case headerTooLong(UInt64)
  /// The header is not the map of `roots` and `version` that it should be, in the form of DAG-CBOR.
  case badHeader(offset: Int)
  /// It names no root.
  case noRoots
  /// It names more roots than are read.
  case tooManyRoots(UInt64)
  /// The length of the header or of a section is not written as it should be.
  case badLength(offset: Int)
  /// A section is longer than any block with its CID.
  case sectionTooLong(UInt64, offset: Int)
  /// A root, or what a section begins with, is no CID.
  case badCID(CIDError, offset: Int)
  /// A block is named by a hash that is not computed here.
  case unsupportedHash(CID, offset: Int)
  /// The bytes in a section are not those that its CID names.
  case mismatch(CID, offset: Int)
  /// It ends inside the header or a section.
  case truncated(offset: Int)
  /// It is longer than it may be, in bytes.
  case tooLong(limit: Int)
  /// It has more blocks than it may have.
  case tooManyBlocks(limit: Int)
  /// A block could not be kept.
  case repository(RepositoryError)
}

extension CARError: CustomStringConvertible {
  /// What is wrong, to follow the archive's name in a message.
  public var description: String {
    switch self {
    case .unsupportedVersion(let version):
      "it is a CAR of version \(version), and only version 1 is read"
    case .headerTooLong(let length):
      "its header of \(length) bytes is over the limit of \(CARHeader.maximumLength)"
    case .badHeader(let offset): "at byte \(offset): it has no CAR header"
    case .noRoots: "it names no root"
    case .tooManyRoots(let count):
      "it names \(count) roots, over the limit of \(CARHeader.maximumRoots)"
    case .badLength(let offset):
      "at byte \(offset): a length is over 63 bits or not in its shortest form"
    case .sectionTooLong(let length, let offset):
      "at byte \(offset): a section of \(length) bytes is longer than any block"
    case .badCID(let error, let offset): "at byte \(offset): no CID: \(error)"
    case .unsupportedHash(let cid, let offset):
      "at byte \(offset): \(cid) is not a SHA-256, the only hash that is computed here"
    case .mismatch(let cid, let offset): "at byte \(offset): the bytes are not those of \(cid)"
    case .truncated(let offset): "it ends at byte \(offset), inside a section"
    case .tooLong(let limit): "it is longer than \(limit) bytes"
    case .tooManyBlocks(let limit): "it has more than \(limit) blocks"
    case .repository(let error): "\(error)"
    }
  }
}
