public import SystemPackage

/// What a person asked to have kept: a block, or a block and all that it leads to.
public struct Pin: Hashable, Sendable {
  /// How much is kept.
  public enum Mode: String, Sendable, CaseIterable {
    /// The block and all blocks below it.
    case recursive
    /// The block alone.
    case direct
  }

  /// The longest name, in bytes of UTF-8, as Kubo has it.
  public static let maximumNameLength = 255

  /// The root.
  public let cid: CID
  /// How much is kept.
  public var mode: Mode
  /// What its owner calls it; in what is added nil leaves a name that is there, and the empty one takes it away.
  public var name: String?

  /// Names what is to be kept.
  public init(_ cid: CID, mode: Mode = .recursive, name: String? = nil) {
    self.cid = cid
    self.mode = mode
    self.name = name
  }
}

/// Why something could not be pinned, or a pin not be told.
public enum PinError: Error, Equatable, Sendable {
  /// There is no such pin.
  case notPinned(CID)
  /// It is pinned with all below it, so that it cannot be pinned alone.
  case isRecursive(CID)
  /// The name is longer than a name may be.
  case nameTooLong(Int)
  /// Not all that the root leads to is here: the first block that is not.
  case incomplete(CID, missing: CID)
  /// The DAG below a root cannot be followed.
  case unreadable(CID, ReadError)
  /// What the root leads to cannot be told: this block may link to others, and nobody here reads the links of its codec.
  case unreadLinks(CID, of: CID)
  /// A line of the journal, which begins at this byte, is not what was written.
  case damaged(FilePath, offset: Int)
  /// A file of the repository could not be read or written.
  case repository(RepositoryError)
}

extension PinError: CustomStringConvertible {
  /// What is wrong, naming the pin or the file.
  public var description: String {
    switch self {
    case .notPinned(let cid): "\(cid) is not pinned"
    case .isRecursive(let cid): "\(cid) is pinned recursively already"
    case .nameTooLong(let count):
      "a pin's name of \(count) bytes is over the limit of \(Pin.maximumNameLength)"
    case .incomplete(let cid, let missing):
      "\(cid) is not here as a whole: no block \(missing) in the repository"
    case .unreadable(let cid, let error): "what is below \(cid) cannot be followed: \(error)"
    case .unreadLinks(let root, let cid):
      "what is below \(root) cannot be told: the links of \(cid), of codec \(cid.codec), are not read here"
    case .damaged(let path, let offset): "the pins are damaged: \(path) at byte \(offset)"
    case .repository(let error): "\(error)"
    }
  }
}
