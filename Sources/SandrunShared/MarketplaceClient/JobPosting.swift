public import ABI
public import Ethereum
internal import EthereumRPC
public import Hashing
internal import IPFS
public import Marketplace
public import Records
public import WideInteger

/// A job as it is posted: what it is, and on which terms.
public struct JobPosting: Sendable {
  /// The job.
  public let job: Job
  /// The CID of its code, as the contract keeps it.
  public let code: String
  /// The SHA-256 of its canonical specification.
  public let specification: Digest32
  /// On which terms.
  public let terms: JobTerms

  /// Makes a post of a record with `job` and `code`; what is not chosen has its usual value.
  ///
  /// Throws 65 for a record that lacks something, whose specification is not that of its job, or whose terms no
  /// contract takes.
  public init(_ record: Record, _ choice: Choice = Choice()) throws(Failure) {
    guard let object = try record.object("job") else {
      throw Failure(.data, "the record has no \"job\"", hint: "'sr-job new' makes one")
    }
    do throws(JobError) { job = try Job(object) } catch { throw Failure(.data, "\(error)") }
    let specification: Specification
    do throws(CanonicalError) { specification = try Specification(of: object) } catch {
      throw Failure(.data, "malformed \"job\": \(error)")
    }
    self.specification = specification.digest
    code = try Self.code(record, specification.digest)
    terms = try choice.terms(of: job)
  }

  /// The CID of a record's code, whose specification must be that of its job.
  static func code(_ record: Record, _ digest: Digest32) throws(Failure) -> String {
    guard let code = try record.object("code"), let text = code["cid"]?.string else {
      throw Failure(.data, "the record has no \"code.cid\"", hint: "'sr-ipfs add' adds it")
    }
    guard (try? CID(parsing: text)) != nil, text.utf8.count <= Marketplace.Commitment.cidLimit
    else {
      throw Failure(.data, "\"code.cid\" is no CID of at most \(Commitment.cidLimit) bytes")
    }
    guard let spec = code["spec"]?.string else {
      throw Failure(.data, "the record has no \"code.spec\"", hint: "'sr-ipfs add' adds it")
    }
    guard let found = (try? CID(parsing: spec))?.sha256 else {
      throw Failure(.data, "\"code.spec\" is no CID with a SHA-256 digest")
    }
    guard found == digest else {
      throw Failure(
        .data, "\"code.spec\" is the specification of another job than \"job\"",
        code: "stale-spec",
        hint:
          "the job was changed behind 'sr-ipfs add': 'sr-job set' drops the code, 'sr-ipfs add' adds it anew"
      )
    }
    return text
  }

  /// What makes the job the one that it is, where an account posts it.
  public func key(in market: Market, by submitter: Address) throws(Failure) -> JobKey {
    do throws(JobError) {
      return try JobKey(
        chainId: market.chain.chainId, marketplace: market.jobMarketplace, submitter: submitter,
        id: job.id, specification: specification)
    } catch { throw Failure(.data, "\(error)") }
  }

  /// The arguments of `submitJob`.
  public func arguments(_ key: JobKey) -> [ABIValue] {
    [
      .bytes(key.id), .bytes(specification.bytes), .string(code),
      .uint(UInt256(low: UInt128(terms.nodes))), .uint(UInt256(low: UInt128(terms.quorum))),
      .uint(terms.bond), terms.windows.value, .address(terms.token ?? .zero),
      .uint(terms.payment),
    ]
  }
}

extension Address {
  /// What stands for ETH among the tokens, and for nobody.
  static let zero: Address = {
    guard let address = Address(word: 0) else { preconditionFailure("a word of 20 bytes") }
    return address
  }()
}

extension JobPosting {
  /// What a submitter may choose of the terms; nil is the usual.
  public struct Choice: Sendable {
    /// Each claim's bond, in wei; a job that is paid in a token has no usual one.
    public var bond: UInt256?
    /// The currency: an ERC-20's address.
    public var token: Address?
    /// Seconds to claim.
    public var claim: UInt64?
    /// Seconds to commit.
    public var commit: UInt64?
    /// Seconds to open.
    public var open: UInt64?
    /// Seconds to challenge.
    public var challenge: UInt64?

    /// All as usual.
    public init() {}

    /// The choice with the terms of an earlier post where it says nothing: a record that is fed again need not be told anew.
    func filled(by terms: JobTerms) -> Choice {
      var choice = self
      choice.bond = bond ?? terms.bond
      choice.claim = claim ?? terms.windows.claim
      choice.commit = commit ?? terms.windows.commit
      choice.open = open ?? terms.windows.open
      choice.challenge = challenge ?? terms.windows.challenge
      return choice
    }

    /// The terms of a job; throws 65 for a job without payment, or for terms that no contract takes.
    public func terms(of job: Job) throws(Failure) -> JobTerms {
      guard let payment = job.payment, let amount = try? UInt256(decimal: payment.amount) else {
        throw Failure(
          .data, "the job has no payment", hint: "'sr-job set --payment' says what is paid for it")
      }
      let token = try currency(payment)
      var windows = JobTerms.usualWindows(timeout: job.timeout)
      windows.claim = claim ?? windows.claim
      windows.commit = commit ?? windows.commit
      windows.open = open ?? windows.open
      windows.challenge = challenge ?? windows.challenge
      let nodes = job.consensus.nodes
      guard bond != nil || token == nil else {
        throw Failure(
          .data, "a job that is paid in a token has no usual bond: nobody knows what it is worth",
          code: "no-bond", hint: "--bond says what each claim binds of its node's stake, in ETH")
      }
      let terms = JobTerms(
        nodes: nodes, quorum: job.consensus.agreeing, payment: amount, token: token,
        bond: bond ?? JobTerms.usualBond(payment: amount, nodes: nodes), windows: windows)
      do throws(JobTermsError) { try terms.check() } catch { throw Failure(.data, "\(error)") }
      return terms
    }

    private func currency(_ payment: Job.Payment) throws(Failure) -> Address? {
      let named = payment.token == Job.Payment.ether ? nil : Address(payment.token)
      guard let token else { return named }
      // Where the job names none, the chain's terms say what is paid; nodes read those.
      guard named == nil || named == token else {
        throw Failure(
          .data, "the job is to be paid in \(payment.token), not in \(token)",
          code: "other-currency",
          hint: "'sr-job set --payment … --token' says what nodes are promised")
      }
      return token
    }
  }
}
