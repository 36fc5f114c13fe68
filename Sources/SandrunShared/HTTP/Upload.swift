import SystemPackage

/// Reads the stretches of a request's body, one after another, from the engine's thread.
struct Upload {
  private let segments: [HTTPRequestBody.Segment]
  private var index = 0
  private var offset = 0
  private var file: FileDescriptor?

  init(_ segments: [HTTPRequestBody.Segment]) { self.segments = segments }

  /// Why the body cannot be read, in words.
  struct Failure: Error {
    let reason: String
  }

  /// Fills the buffer as far as there are bytes; 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    var filled = 0
    while filled < buffer.count, index < segments.count {
      let segment = segments[index]
      let left = segment.length - offset
      guard left > 0 else {
        close()
        index += 1
        offset = 0
        continue
      }
      let room = unsafe UnsafeMutableRawBufferPointer(
        rebasing: buffer[filled..<min(buffer.count, filled + left)])
      let count: Int
      switch segment {
      case .bytes(let bytes):
        unsafe bytes.withUnsafeBytes { bytes in
          unsafe room.copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + room.count]))
        }
        count = room.count
      case .file(let path, let start, _):
        count = unsafe try read(path, at: start + offset, into: room)
      }
      filled += count
      offset += count
    }
    return filled
  }

  /// Begins again; the files are opened anew.
  mutating func rewind() {
    close()
    index = 0
    offset = 0
  }

  mutating func close() {
    try? file?.close()
    file = nil
  }

  private mutating func read(
    _ path: FilePath, at position: Int, into room: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    do {
      let file = try self.file ?? open(path)
      self.file = file
      let count = unsafe try file.read(fromAbsoluteOffset: Int64(position), into: room)
      guard count > 0 else { throw Failure(reason: "\(path) is shorter than it was") }
      return count
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(reason: "cannot read \(path): \(error)")
    }
  }

  /// A pipe in its place would be waited for, and every transfer with it.
  private func open(_ path: FilePath) throws -> FileDescriptor {
    let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    guard (try? file.stat().type) == .regular else {
      try? file.close()
      throw Failure(reason: "\(path) is no regular file")
    }
    return file
  }
}
