internal import Envelopes
internal import Files
public import Records
internal import SystemPackage

extension ProofLocation {
  /// When the run of a proof ended by its node's own clock; nil where the proof cannot be read.
  public func finish(of entry: ProofEntry) -> Timestamp? {
    do throws(Unreadable) {
      var content = try ProofContent(entry, at: self)
      return try content.finished()
    } catch {
      return nil
    }
  }
}

/// Why a proof cannot be compared.
struct Unreadable: Error {
  var reason: String
}

/// A proof that was found, read as far as it is asked.
struct ProofContent: ~Copyable {
  let statement: Statement
  private let descriptor: FileDescriptor
  private var reader: TraceReader

  init(_ entry: ProofEntry, at location: ProofLocation) throws(Unreadable) {
    let found: (descriptor: FileDescriptor, path: FilePath)
    do throws(ProofAbsence) { found = try location.open(entry) } catch {
      throw Unreadable(reason: error.reason)
    }
    let statement: Statement
    let reader: TraceReader
    do {
      let survey = try ProofSurvey(found.descriptor, named: found.path)
      statement = try Statement(
        parsing: try Envelope(attested: survey.attestation["envelope"]).payload)
      reader = try TraceReader(found.descriptor, named: found.path, of: survey)
    } catch {
      try? found.descriptor.close()
      throw Unreadable(reason: "\(found.path): \(error)")
    }
    self.statement = statement
    self.reader = reader
    descriptor = found.descriptor
  }

  deinit { try? descriptor.close() }

  mutating func nextOutput() throws(Unreadable) -> TraceOutput? {
    do throws(ProofError) {
      while let event = try reader.next() {
        if case .output(let output) = event.kind { return output }
      }
      return nil
    } catch {
      throw Unreadable(reason: "\(error)")
    }
  }

  mutating func finished() throws(Unreadable) -> Timestamp? {
    do throws(ProofError) {
      var started: Timestamp?
      while let event = try reader.next() {
        switch event.kind {
        case .start(let start): started = start.date
        case .exit: return started.flatMap { Self.sum($0, event.time) }
        default: break
        }
      }
      return nil
    } catch {
      throw Unreadable(reason: "\(error)")
    }
  }

  private static func sum(_ date: Timestamp, _ duration: Duration) -> Timestamp? {
    let (whole, atto) = duration.components
    let nanoseconds = date.nanoseconds + Int(atto / 1_000_000_000)
    let (seconds, overflows) = date.seconds.addingReportingOverflow(Int(whole))
    guard !overflows, seconds < .max else { return nil }
    return Timestamp(
      seconds: seconds + nanoseconds / 1_000_000_000, nanoseconds: nanoseconds % 1_000_000_000)
  }
}
