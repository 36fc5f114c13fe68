import Files
import IPFS
import Marketplace
import Sandbox
import Synchronization
import SystemPackage

/// Where a run finds its content, and where it leaves its own.
struct RunPlace: Sendable {
  /// The folder for its trace, which it makes.
  let folder: FilePath
  /// The folder in which its files wait for the sandbox, in a folder of their own.
  let staging: FilePath
  /// Its code and inputs are here.
  let source: any BlockSource
  /// Its outputs go here.
  let target: Repository
  /// Whether its trace must be on disk at the end: not where it is copied elsewhere at once.
  let isTraceSynced: Bool

  /// A place among the user's own folders.
  init(of order: JobOrder, in folders: UserFolders) throws(RepositoryError) {
    staging = folders.state.appending("runs")
    folder = staging.appending("\(order.job.id)-\(Files.randomName())")
    target = try Repository(at: folders.data.appending("ipfs"))
    source = target
    isTraceSynced = true
  }

  /// A place that a node's engine chose.
  init(folder: FilePath, staging: FilePath, source: any BlockSource, target: Repository) {
    self.folder = folder
    self.staging = staging
    self.source = source
    self.target = target
    isTraceSynced = false
  }
}

/// The request to end a run before its time.
struct RunStop: Sendable {
  let cancellation: Cancellation
  /// Whether it was made.
  let isRequested: @Sendable () -> Bool
}

/// The request to end one job of several.
final class StopSwitch: Sendable {
  private let cancellation: Cancellation
  private let isSet = Atomic(false)

  init() throws(SandboxError) { cancellation = try Cancellation() }

  /// Makes the request.
  func set() {
    isSet.store(true, ordering: .releasing)
    cancellation.cancel()
  }

  /// What the run looks at.
  var stop: RunStop {
    RunStop(cancellation: cancellation, isRequested: { self.isSet.load(ordering: .acquiring) })
  }
}
