import Records
import Synchronization

/// One line at the foot of a terminal that is written over and over.
final class ProgressBar: Sendable {
  private let sink: any ByteSink
  private let isDrawn = Mutex(false)
  private let isClosed = Atomic(false)

  init(_ sink: any ByteSink) {
    self.sink = sink
  }

  /// Puts a line in place of the last one.
  func draw(_ text: ProgressText) {
    isDrawn.withLock { isDrawn in
      // Not the last column: a cursor beyond it would be on the next line.
      guard !isClosed.load(ordering: .relaxed), let columns = sink.columns, columns > 1 else {
        return
      }
      let line = text.fitting(columns - 1)
      guard (try? sink.write(Array("\r\(line)\u{1b}[K".utf8))) != nil else { return }
      isDrawn = true
    }
  }

  /// Takes the line away.
  func clear() { clearing {} }

  /// Takes the line away for good.
  func close() {
    isClosed.store(true, ordering: .relaxed)
    clear()
  }

  /// Writes something else where the line was.
  func clearing<Value, E: Error>(_ body: () throws(E) -> Value) throws(E) -> Value {
    try isDrawn.withLock { (isDrawn) throws(E) -> Value in
      if isDrawn {
        try? sink.write(Array("\r\u{1b}[K".utf8))
        isDrawn = false
      }
      return try body()
    }
  }
}

/// Standard output or standard error of a run with a line on the terminal, which goes before anything else is written.
struct ClearingSink: ByteSink {
  private let sink: any ByteSink
  private let bar: ProgressBar

  init(_ sink: any ByteSink, _ bar: ProgressBar) {
    self.sink = sink
    self.bar = bar
  }

  var columns: Int? { sink.columns }

  func write(_ bytes: [UInt8]) throws(Failure) {
    try bar.clearing { () throws(Failure) in try sink.write(bytes) }
  }

  func write(lines: [UInt8], until interruption: Interruption) throws(Failure) {
    try bar.clearing { () throws(Failure) in
      try sink.write(lines: lines, until: interruption)
    }
  }

  func check() throws(Failure) { try sink.check() }
}
