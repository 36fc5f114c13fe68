extension CIDError: CustomStringConvertible {
  /// What is wrong, to follow the text in a message: `is no CID: …`.
  public var description: String {
    switch self {
    case .badText(let error): "its text is in no base that is read here (\(error))"
    case .badNumber: "a number in it is cut short or not in its shortest form"
    case .badVersion(let version): "there is no version \(version) here"
    case .badDigestLength(let length): "its hash function has no digest of \(length) bytes"
    case .wrongLength(let declared, let found):
      "it says that its digest has \(declared) bytes, and it has \(found)"
    case .tooLong: "it is too long"
    }
  }
}

extension BlockError: CustomStringConvertible {
  /// What is wrong with the block, and where.
  public var description: String {
    switch self {
    case .truncated(let offset): "a field at byte \(offset) goes beyond the end"
    case .badNumber(let offset): "the number at byte \(offset) has more than 64 bits"
    case .badWireType(let type, let offset):
      "the field at byte \(offset) cannot have wire type \(type)"
    case .unknownField(let field, let offset): "there is no field \(field), as at byte \(offset)"
    case .misplacedField(let field, let offset): "field \(field) at byte \(offset) is out of place"
    case .linkWithoutHash(let offset): "the link at byte \(offset) has no CID"
    case .badLink(let error, let offset): "the link at byte \(offset) has no CID: \(error)"
    case .notJSON(let offset): "it is no JSON at byte \(offset)"
    case .noData: "it holds no UnixFS data"
    case .unknownType(let type): "there is no UnixFS type \(type)"
    case .missingType: "its UnixFS data has no type"
    }
  }
}

extension RepositoryError: CustomStringConvertible {
  /// What is wrong, naming the block or the file.
  public var description: String {
    switch self {
    case .notFound(let cid): "no block \(cid) in the repository"
    case .corrupt(let cid, let pack, let offset):
      "block \(cid) is damaged in \(pack) at byte \(offset)"
    case .unsupportedHash(let cid): "the hash of \(cid) is none that is computed here"
    case .tooLarge(let count):
      "a block of \(count) bytes is over the limit of \(Block.maximumLength)"
    case .unknownFormat(let path): "\(path) is no repository that this version reads"
    case .file(let error): "\(error)"
    }
  }
}

extension ImportError: CustomStringConvertible {
  /// What is wrong, naming the path.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .unsupportedType(let path): "\(path) is neither a file, a directory nor a symbolic link"
    case .isDirectory(let path): "\(path) is a directory"
    case .changed(let path): "\(path) changed while it was read"
    case .tooDeep(let path): "\(path) lies too deep"
    case .circular(let path): "\(path) leads back to a directory that it lies in"
    case .badName(let name): "\"\(name)\" cannot be a name here, or is one already"
    case .collidingNames(let names):
      "the hashes of \(names.map { "\"\($0)\"" }.joined(separator: " and ")) are the same, so that they cannot be in one large directory"
    case .cancelled: "cancelled"
    case .rawLeavesWithMetadata: "raw leaves keep neither permissions nor times of change"
    case .repository(let error): "\(error)"
    }
  }
}

extension ReadError: CustomStringConvertible {
  /// What is wrong, naming the block.
  public var description: String {
    switch self {
    case .cancelled: "interrupted"
    case .repository(let error): "\(error)"
    case .malformed(let cid, let error): "block \(cid) is malformed: \(error)"
    case .unsupportedCodec(let cid):
      "block \(cid) is of codec 0x\(String(cid.codec.rawValue, radix: 16)), not a file or a directory"
    case .badShard(let cid, let error): "block \(cid) is no shard of a directory: \(error)"
    case .wrongSize(let cid): "block \(cid) declares a size that is not its content's"
    case .badName(let cid, let name):
      "directory \(cid) holds the name \"\(name)\", which is impossible or there twice"
    case .notFile(let cid): "\(cid) is not a file"
    case .notDirectory(let cid): "\(cid) is not a directory"
    case .noEntry(let cid, let name): "directory \(cid) has no entry \"\(name)\""
    case .linkLeadsOut(let name, let target):
      "the symbolic link \"\(name)\" leads out of the output: to \"\(target)\""
    case .overLimit(.bytes(let limit)): "the content has more than \(limit) bytes"
    case .overLimit(.entries(let limit)): "the content has more than \(limit) entries"
    case .overLimit(.blocks(let limit)): "the content has more than \(limit) different blocks"
    case .overLimit(.path(let limit)): "the content has a path of more than \(limit) bytes"
    case .overLimit(.depth(let limit)): "the content lies more than \(limit) levels deep"
    case .file(let error): "\(error)"
    }
  }
}
