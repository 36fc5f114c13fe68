import Files
import IPFS
import Records
import SystemPackage

extension Get {
  /// The path asked for; where that is a directory, or where none is asked for, the last name of the operand below it.
  func destination(of content: Content) throws(Failure) -> FilePath {
    guard let output else { return FilePath(root: nil, [try defaultName(of: content)]) }
    let path = FilePath(output)
    guard let found = try? path.stat(), found.type == .directory else {
      if output.hasSuffix("/") { try requireDirectory(content, for: output) }
      return path
    }
    return path.appending(try defaultName(of: content))
  }

  /// What ends with a slash is a directory: the content itself may become it, and one that holds the content must be there.
  private func requireDirectory(_ content: Content, for output: String) throws(Failure) {
    let found = try content.reading { (source) throws(ReadError) in
      try ContentReader(source).describe(content.cid)
    }
    guard archive || found.kind != .directory else { return }
    throw Failure(.cannotCreate, "\(output) is no directory", hint: "make it first: mkdir")
  }

  private func defaultName(of content: Content) throws(Failure) -> FilePath.Component {
    let name = try name(of: content)
    guard archive else { return name }
    return FilePath.Component("\(name.string).tar") ?? name
  }

  /// The last name of the operand.
  func name(of content: Content) throws(Failure) -> FilePath.Component {
    let name = content.path.names.last ?? Array("\(content.cid)".utf8)
    guard let text = String(validating: name, as: UTF8.self), !text.utf8.contains(0),
      let last = FilePath.Component(text), last.kind == .regular
    else {
      throw Failure(.data, "the operand's last name cannot be a file's", hint: "use --output")
    }
    return last
  }
}
