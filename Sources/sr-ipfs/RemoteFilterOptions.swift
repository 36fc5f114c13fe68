public import ArgumentParser
public import IPFSClients
import Records

/// Which requests of a service are listed.
struct RemoteFilterOptions: ParsableArguments, Sendable {
  @Option(help: "Only requests that stand so: <status> queued, pinning, pinned or failed.")
  var status: [PinState] = []

  @Option(help: "Compare names by <way>: exact, iexact, partial or ipartial.")
  var match: PinFilter.Match?

  @Option(help: "Only requests with which <key=value> is kept.")
  var meta: [String] = []

  /// Refuses what a service cannot be asked for, and what only a service can.
  func check(with remotes: RemoteOptions, _ type: PinList.Kind?) throws {
    guard !remotes.remote.isEmpty || status.isEmpty && match == nil && meta.isEmpty else {
      throw ValidationError("--status, --match and --meta go with --remote")
    }
    guard remotes.remote.isEmpty || type == nil else {
      throw ValidationError("a service's pins are all recursive: --type is not for them")
    }
  }

  /// What a service is asked for; names are compared as those of the repository's own pins are, unless told otherwise.
  func filter(name: String?) throws(Failure) -> PinFilter {
    var filter = PinFilter()
    filter.states = Set(status)
    filter.name = name
    filter.match = match ?? .partial
    filter.meta = try RemoteRequestOptions.pairs(meta)
    return filter
  }
}

extension PinState: ExpressibleByArgument {}
extension PinFilter.Match: ExpressibleByArgument {}
