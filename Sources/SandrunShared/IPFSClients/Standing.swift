internal import Commands
internal import Records
internal import Synchronization

/// What is known of a provider by what it did.
struct Standing: Sendable {
  /// After so many failures in a row it is not asked again.
  static let mostStrikes = 3

  /// Why it is not asked again; nil where it is.
  var verdict: Failure?
  /// Failures since it last gave a block.
  var strikes = 0
  /// How often others were faster by far, since it last gave a block.
  var lateness = 0
  /// Whether it gives single blocks alone.
  var makesNoArchives = false
}

extension Harvest {
  /// What an answer says of who gave it.
  enum Conduct: Sendable {
    /// It gave a block that was wanted.
    case gave
    /// It says that it has none, or that it makes no archive of just this part.
    case lacks
    /// It makes no archives.
    case single
    /// It may do better next time.
    case failed(Failure)
    /// It may well do better for the next block: it is busy, or knows others for it.
    case later(Failure)
    /// It is not to be asked again.
    case hopeless(Failure)

    /// What a failure says.
    init(_ failure: Failure) {
      switch failure.code {
      case "not-found", "no-parts": self = .lacks
      case "no-archives": self = .single
      case "busy", RoutedProvider.code: self = .later(failure)
      case "silent", "unreachable", "out-of-reach": self = .hopeless(failure)
      default:
        self = failure.status == .protocolViolation ? .hopeless(failure) : .failed(failure)
      }
    }
  }

  /// Notes what a provider did; says so where it is not asked again.
  func judge(_ index: Int, _ conduct: Conduct) {
    let verdict: Failure? = state.withLock { state in
      guard state.standings[index].verdict == nil else { return nil }
      switch conduct {
      case .gave:
        state.standings[index].strikes = 0
        state.standings[index].lateness = 0
      case .lacks, .later: break
      case .single: state.standings[index].makesNoArchives = true
      case .failed(let failure):
        state.standings[index].strikes += 1
        if state.standings[index].strikes >= Standing.mostStrikes {
          state.standings[index].verdict = failure
        }
      case .hopeless(let reason): state.standings[index].verdict = reason
      }
      return state.standings[index].verdict
    }
    switch conduct {
    case .failed(let failure) where verdict == nil, .later(let failure) where verdict == nil:
      world.detail(failure.message)
    default: break
    }
    if let verdict { world.note("\(verdict.message); \(providers[index].name) is not asked again") }
  }

  /// Notes that others were faster by far; after a few times it is taken for silent.
  func noteLate(_ index: Int) {
    // Whoever asked to be left alone is not slow.
    guard providers[index].restsUntil == nil else { return }
    let isHopeless = state.withLock { state in
      state.standings[index].lateness += 1
      return state.standings[index].lateness >= Standing.mostStrikes
    }
    if isHopeless {
      judge(
        index,
        .hopeless(Failure(.temporary, "\(providers[index].name) is too slow", code: "silent")))
    }
  }

  /// Whom to ask, the first one first: in the order given, those that were late behind the others, and last who wants to rest.
  func candidates(forArchives: Bool = false, turn: Int = 0) -> [Int] {
    let standings = state.withLock { $0.standings }
    let live = standings.indices.filter { index in
      standings[index].verdict == nil && !(forArchives && standings[index].makesNoArchives)
    }
    guard !live.isEmpty else { return [] }
    let rotated = live.indices.map { live[($0 + turn) % live.count] }
    // Sorting is stable: the order stays within each degree of lateness.
    let sorted = rotated.sorted { standings[$0].lateness < standings[$1].lateness }
    let resting = Set(sorted.filter { providers[$0].restsUntil != nil })
    return sorted.filter { !resting.contains($0) } + sorted.filter { resting.contains($0) }
  }
}
