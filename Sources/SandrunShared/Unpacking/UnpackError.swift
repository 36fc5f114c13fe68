public import Files

/// Why an archive was not unpacked; each case names the entry as the archive does.
public enum UnpackError: Error, Equatable, Sendable {
  /// The entry's name cannot be a name here.
  case badName(String, NameFault)
  /// The entry is neither a file, a folder nor a link.
  case badType(String, EntryType)
  /// A symbolic link leads out of the folder.
  case linkLeadsOut(String, target: String)
  /// A hard link's target is no file that the archive had before it.
  case badHardLink(String, target: String)
  /// The archive has this name twice, or lays a file over a folder.
  case duplicate(String)
  /// What the name goes through is a file or a link.
  case notFolder(String)
  /// The entry is encrypted.
  case encrypted(String)
  /// The archive goes beyond a limit at this entry.
  case overLimit(Limit, at: String)
  /// The archive, or this entry of it, is broken or of a kind that is not read; the text says how.
  case malformed(String?, String)
  /// A file could not be read or written.
  case file(FileError)

  /// What is wrong with a name.
  public enum NameFault: Equatable, Sendable {
    /// There is none.
    case empty
    /// It begins at the root.
    case absolute
    /// It has a `..` in it.
    case climbs
    /// It, or a part of it, has more bytes than a name may have.
    case tooLong
    /// It is not in UTF-8.
    case notUTF8
  }

  /// What an entry is that is not unpacked.
  public enum EntryType: Equatable, Sendable {
    /// A character or block device.
    case device
    /// A named pipe.
    case fifo
    /// A socket.
    case socket
    /// Something else.
    case other
  }

  /// Which limit was reached, and what it is.
  public enum Limit: Equatable, Sendable {
    /// Files, folders and links.
    case entries(Int)
    /// Bytes of all files.
    case bytes(UInt64)
    /// Bytes of one file.
    case fileBytes(UInt64)
    /// Folders in each other.
    case depth(Int)
    /// Bytes for each byte of the archive.
    case ratio(UInt64)
  }
}

extension UnpackError: CustomStringConvertible {
  /// What is wrong, naming the entry.
  public var description: String {
    switch self {
    case .badName(let name, let fault): "the name \(Self.quoted(name)) \(fault)"
    case .badType(let name, let type):
      "\(Self.quoted(name)) is \(type), neither a file, a folder nor a link"
    case .linkLeadsOut(let name, let target):
      "the symbolic link \(Self.quoted(name)) leads out: to \(Self.quoted(target))"
    case .badHardLink(let name, let target):
      "the hard link \(Self.quoted(name)) leads to no file before it: to \(Self.quoted(target))"
    case .duplicate(let name): "\(Self.quoted(name)) is there twice"
    case .notFolder(let name): "\(Self.quoted(name)) lies in something that is no folder"
    case .encrypted(let name): "\(Self.quoted(name)) is encrypted"
    case .overLimit(let limit, let name): "at \(Self.quoted(name)) there are more than \(limit)"
    case .malformed(nil, let text): "the archive is broken: \(Self.plain(text))"
    case .malformed(let name?, let text):
      "\(Self.quoted(name)) is broken: \(Self.plain(text))"
    case .file(let error): "\(error)"
    }
  }

  /// A name that may hold anything, fit for a terminal.
  private static func quoted(_ name: String) -> String {
    name.utf8.count > 300 ? "\(name.prefix(100))…".debugDescription : name.debugDescription
  }

  private static func plain(_ text: String) -> String {
    String(text.debugDescription.dropFirst().dropLast())
  }
}

extension UnpackError.NameFault: CustomStringConvertible {
  /// What is wrong, to follow the name.
  public var description: String {
    switch self {
    case .empty: "is empty"
    case .absolute: "is absolute"
    case .climbs: "has a \"..\" in it"
    case .tooLong: "is too long"
    case .notUTF8: "is not in UTF-8"
    }
  }
}

extension UnpackError.EntryType: CustomStringConvertible {
  /// What it is, with its article.
  public var description: String {
    switch self {
    case .device: "a device"
    case .fifo: "a named pipe"
    case .socket: "a socket"
    case .other: "of an unknown type"
    }
  }
}

extension UnpackError.Limit: CustomStringConvertible {
  /// The limit, to follow `more than`.
  public var description: String {
    switch self {
    case .entries(let limit): "\(limit) entries"
    case .bytes(let limit): "\(limit) bytes"
    case .fileBytes(let limit): "\(limit) bytes in one file"
    case .depth(let limit): "\(limit) folders in each other"
    case .ratio(let limit): "\(limit) bytes for each byte of the archive"
    }
  }
}
