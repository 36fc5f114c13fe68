/// Why bytes are no CAR that is taken here; offsets count from the start of the archive.
public enum CARError: Error, Equatable, Sendable {
  /// It is of another version than 1 and 2.
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
  /// Version 2: the flags of its header are none that are known.
  case badCharacteristics(offset: Int)
  /// Version 2: the offsets in its header cannot be.
  case badLayout(offset: Int)
  /// Version 2: something lies where nothing should.
  case badPadding(offset: Int)
  /// Version 2: a section goes beyond the archive that the header names.
  case beyondPayload(offset: Int)
  /// Version 2: bytes follow the end.
  case bytesAfterTheEnd(offset: Int)
  /// Version 2: the index is in a format that is not known.
  case unknownIndex(UInt64, offset: Int)
  /// Version 2: the index is malformed or out of order.
  case badIndex(offset: Int)
  /// Version 2: the index leads to something else than the block that it names.
  case wrongIndex(offset: Int)
  /// Version 2: the index lacks blocks, and the header says that it has all.
  case incompleteIndex
  /// It holds a block where another has to come.
  case unexpected(CID, expected: CID?)
  /// A block could not be kept.
  case repository(RepositoryError)
}

extension CARError: CustomStringConvertible {
  /// What is wrong, to follow the archive's name in a message.
  public var description: String {
    switch self {
    case .unsupportedVersion(let version):
      "it is a CAR of version \(version), and only 1 and 2 are read"
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
      "at byte \(offset): \(cid) cannot be proved: its hash is \(cid.hashFunction), of \(cid.digest.count) bytes"
    case .mismatch(let cid, let offset): "at byte \(offset): the bytes are not those of \(cid)"
    case .truncated(let offset): "it ends at byte \(offset), inside a section"
    case .tooLong(let limit): "it is longer than \(limit) bytes"
    case .tooManyBlocks(let limit): "it has more than \(limit) blocks"
    case .badCharacteristics(let offset):
      "at byte \(offset): its characteristics are not known here"
    case .badLayout(let offset): "at byte \(offset): an offset or size in its header cannot be"
    case .badPadding(let offset): "at byte \(offset): something lies in its padding"
    case .beyondPayload(let offset):
      "at byte \(offset): a section goes beyond the archive that its header names"
    case .bytesAfterTheEnd(let offset): "at byte \(offset): bytes follow its end"
    case .unknownIndex(let codec, let offset):
      "at byte \(offset): its index is of format 0x\(String(codec, radix: 16)), and only 0x400 and 0x401 are read"
    case .badIndex(let offset): "at byte \(offset): its index is malformed"
    case .wrongIndex(let offset):
      "at byte \(offset): its index leads to another block than it names"
    case .incompleteIndex: "its index lacks blocks, and its header says that it has all"
    case .unexpected(let cid, let expected?): "it holds \(cid) where \(expected) has to come"
    case .unexpected(let cid, nil): "it holds \(cid), which does not belong to what was asked for"
    case .repository(let error): "\(error)"
    }
  }
}
