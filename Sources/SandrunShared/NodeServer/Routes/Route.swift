internal import HTTPTypes
internal import IPFS
internal import NodeAPI

/// What a request is about.
enum Route: Sendable {
  case root, health, stats, environments, metrics, submit, estimate, upload
  case status(String), logs(String), stream(String), outputs(String), cancel(String), job(String)
  case download(String, path: String?)
  case content([String])
  case nodes, node(String)

  /// Finds it by the names in the path; nil where there is none.
  init?(_ segments: [String]) {
    switch (segments.first ?? "", segments.count) {
    case ("", 0): self = .root
    case ("health", 1): self = .health
    case ("stats", 1): self = .stats
    case ("environments", 1): self = .environments
    case ("metrics", 1): self = .metrics
    case ("submit", 1): self = .submit
    case ("estimate", 1): self = .estimate
    case ("ipfs", 1): self = .upload
    case ("status", 2): self = .status(segments[1])
    case ("logs", 2): self = .logs(segments[1])
    case ("stream", 2): self = .stream(segments[1])
    case ("outputs", 2): self = .outputs(segments[1])
    case ("cancel", 2): self = .cancel(segments[1])
    case ("jobs", 2): self = .job(segments[1])
    case ("download", 2): self = .download(segments[1], path: nil)
    case ("download", 3...):
      self = .download(segments[1], path: segments[2...].joined(separator: "/"))
    case ("nodes", 1): self = .nodes
    case ("nodes", 2): self = .node(segments[1])
    case ("ipfs", 2...): self = .content(Array(segments[1...]))
    default: return nil
    }
  }

  /// The methods that it takes.
  var methods: [HTTPRequest.Method] {
    switch self {
    case .submit, .estimate, .upload, .cancel: [.post]
    case .job: [.delete]
    case .nodes: [.get, .head, .post]
    case .node: [.get, .head, .delete]
    default: [.get, .head]
    }
  }

  /// A fixed name for counting, whoever the job is.
  var name: String {
    switch self {
    case .root: "/"
    case .health: "/health"
    case .stats: "/stats"
    case .environments: "/environments"
    case .metrics: "/metrics"
    case .submit: "/submit"
    case .estimate: "/estimate"
    case .upload, .content: "/ipfs"
    case .status: "/status"
    case .logs: "/logs"
    case .stream: "/stream"
    case .outputs: "/outputs"
    case .cancel: "/cancel"
    case .job: "/jobs"
    case .download: "/download"
    case .nodes, .node: "/nodes"
    }
  }
}
