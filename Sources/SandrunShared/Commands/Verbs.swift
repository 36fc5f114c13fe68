public import Records

/// A verb that takes a stream of records or operands.
public protocol StreamingCommand: Command {
  /// The member that an operand becomes: `path`, `cid`; nil where the verb takes records only.
  static var operandMember: String? { get }
  /// The options of the stream.
  var stream: StreamOptions { get }
  /// The operands given as arguments; where there are none, stdin is read.
  var operands: [String] { get }
}

extension StreamingCommand {
  /// `-q` and `-v`, which the stream's options hold.
  public var common: CommonOptions { stream.common }
  /// None, for verbs that take records only.
  public static var operandMember: String? { nil }
  /// None, for verbs that take records only.
  public var operands: [String] { [] }

  /// The pipeline that feeds this verb.
  public func pipeline(in world: World) -> Pipeline { pipeline(in: world, operands: operands) }

  /// The pipeline that feeds this verb what its arguments stand for; stdin where that is nothing.
  public func pipeline(in world: World, operands: [String]) -> Pipeline {
    Pipeline(
      world: world, verb: Self.verb, options: stream, operands: operands,
      operandMember: Self.operandMember)
  }
}

/// A verb that turns one record into one record.
public protocol RecordVerb: StreamingCommand {
  /// Gives the record with this verb's member; what is thrown rides along in `error`.
  func process(_ input: Record, in world: World) async throws(Failure) -> Record
  /// The status that a record which did not fail stands for: `answerNo` for a proof that is invalid.
  func status(of output: Record) -> Failure.Status
}

extension RecordVerb {
  /// `done`.
  public func status(of output: Record) -> Failure.Status { .done }

  /// Runs the stream.
  public func run(in world: World) async throws(Failure) -> Failure.Status {
    try await pipeline(in: world).run { input, emitter throws(Failure) in
      let output = try await process(input, in: world)
      try emitter.emit(output, status: status(of: output))
    }
  }
}

/// A verb that turns one record into any number of records.
public protocol StreamVerb: StreamingCommand {
  /// Emits records one by one; what is thrown rides along in the input record's `error`, behind those.
  func process(_ input: Record, in world: World, to emitter: Emitter) async throws(Failure)
}

extension StreamVerb {
  /// Runs the stream.
  public func run(in world: World) async throws(Failure) -> Failure.Status {
    try await pipeline(in: world).run { input, emitter throws(Failure) in
      try await process(input, in: world, to: emitter)
    }
  }
}

/// A verb that writes raw bytes and no records; its failures are on stderr and in the status alone.
public protocol RawVerb: StreamingCommand {
  /// Writes bytes through the emitter.
  func process(_ input: Record, in world: World, to emitter: Emitter) async throws(Failure)
}

extension RawVerb {
  /// Runs the stream.
  public func run(in world: World) async throws(Failure) -> Failure.Status {
    var pipeline = pipeline(in: world)
    pipeline.passesFailuresOn = false
    return try await pipeline.run { input, emitter throws(Failure) in
      try await process(input, in: world, to: emitter)
    }
  }
}
