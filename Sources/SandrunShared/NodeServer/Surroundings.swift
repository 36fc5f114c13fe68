internal import NodeEngine
internal import Records
internal import Subprocess
internal import Synchronization

/// What jobs find on this machine, told by a process of its own: it tries interpreters in the sandbox, and holds no key.
///
/// It is asked once, when somebody first wants to know.
final class Surroundings: Sendable {
  private struct State {
    var known: [JSONObject]?
    var isAsking = false
    var waiting: [CheckedContinuation<[JSONObject], Never>] = []
  }

  private let program: WorkerProgram
  private let note: @Sendable (String) -> Void
  private let state = Mutex(State())

  init(_ program: WorkerProgram, note: @escaping @Sendable (String) -> Void) {
    self.program = program
    self.note = note
  }

  /// What a job may name as its `environment`; none where the machine could not be looked at.
  func environments() async -> [JSONObject] {
    let isFirst = state.withLock { state in
      guard state.known == nil, !state.isAsking else { return false }
      state.isAsking = true
      return true
    }
    if isFirst {
      let found = await ask()
      let waiting = state.withLock { state in
        defer { state.waiting = [] }
        state.isAsking = false
        state.known = found
        return state.waiting
      }
      for one in waiting { one.resume(returning: found ?? []) }
      return found ?? []
    }
    return await withCheckedContinuation { continuation in
      let known = state.withLock { (state) -> [JSONObject]? in
        if let known = state.known { return known }
        guard state.isAsking else { return [] }
        state.waiting.append(continuation)
        return nil
      }
      if let known { continuation.resume(returning: known) }
    }
  }

  /// Asks `sr-node describe`; nil where it does not tell.
  private func ask() async -> [JSONObject]? {
    do {
      var environment: [Environment.Key: String] = [:]
      for (name, value) in program.environment {
        environment[Environment.Key(stringLiteral: name)] = value
      }
      let result = try await Subprocess.run(
        .path(program.path), arguments: Arguments(program.arguments),
        environment: .custom(environment), input: .none, output: .string(limit: 1 << 20),
        error: .discarded)
      let node = try JSON(parsing: Array(result.standardOutput.utf8))["node"]
      guard let interpreters = node?["interpreters"]?.elements else { return nil }
      return interpreters.compactMap { interpreter in
        guard let name = interpreter["name"]?.string else { return nil }
        return [
          "name": .string(name), "interpreter": .string(name),
          "version": interpreter["version"] ?? .null,
        ]
      }
    } catch {
      note("cannot tell what this machine has: \(error)")
      return nil
    }
  }
}
