import Files
import IPFS
import IPFSClients
import Records
import SystemPackage

/// A place besides the repository here that is to hold content.
protocol Store: Sendable {
  /// How messages and records name it.
  var name: String { get }

  /// Has it hold all that roots lead to; when this returns, it does.
  func hold(_ roots: [CID], from repository: Repository) async throws(Failure) -> Held
}

/// What a store holds.
struct Held: Sendable {
  /// How many blocks there are.
  var blocks = 0
  /// Their bytes.
  var size = 0
  /// How many of them it was given now.
  var sent = 0
}

/// A node is sent what it lacks, pins it, and is asked for every block.
extension KuboRPC: Store {
  func hold(_ roots: [CID], from repository: Repository) async throws(Failure) -> Held {
    var held = Held()
    for root in roots {
      let found = try await hold(Replication(root, from: repository))
      held.blocks += found.blocks
      held.size += found.size
      held.sent += found.sent
    }
    return held
  }

  func hold(_ replication: Replication) async throws(Failure) -> Held {
    let held = try await replication.run(to: self)
    return Held(blocks: held.blocks, size: held.size, sent: held.sent)
  }
}

/// What a word of `--to` names.
///
/// As with `--from`, addresses come first; of what is none, a folder is a repository and anything else an archive. What is not there
/// yet has only its name to tell: a slash at its end, or `.car`.
enum StoreName: Sendable {
  case node(String)
  case archive(FilePath)
  case repository(FilePath)

  init(_ word: String) throws(Failure) {
    if word == KuboOptions.usual {
      self = .node(word)
      return
    }
    do throws(KuboAddress.Refusal) {
      _ = try KuboAddress(word)
      self = .node(word)
    } catch {
      let path = FilePath(word)
      if word.hasSuffix("/") || (try? path.stat())?.type == .directory {
        self = .repository(path)
      } else if path.extension == "car" {
        self = .archive(path)
      } else {
        throw Failure(
          .usage, "--to: '\(word)' is no address of a Kubo node: \(error)",
          hint: "the name of an archive ends in .car, that of a new repository in /")
      }
    }
  }

  /// The word for a node.
  var address: String? {
    if case .node(let word) = self { word } else { nil }
  }
}
