public import ABI
public import Ethereum
public import EthereumRPC
public import Records

/// What a user asks for: events by name or signature, contracts, and values of indexed parameters.
public struct EventQuery: Sendable {
  /// Names (`JobSubmitted`), names of registered contracts' events (`Market.JobSubmitted`), or signatures; none for every event.
  public var words: [String]
  /// The contracts; none for those that the words name, or all.
  public var addresses: [Address]
  /// Definitions that go before the registry's.
  public var abi: ContractABI?
  /// The values that indexed parameters must have: one of those given for a name.
  public var conditions: [(name: String, value: String)]

  /// Makes a query.
  public init(
    _ words: [String], addresses: [Address] = [], abi: ContractABI? = nil,
    conditions: [(name: String, value: String)] = []
  ) {
    self.words = words
    self.addresses = addresses
    self.abi = abi
    self.conditions = conditions
  }

  /// Whether the registry of contracts has to be asked, and with it the chain.
  public var needsRegistry: Bool {
    abi == nil && (words.isEmpty || words.contains { Self.signature(in: $0) == nil })
  }

  /// The filter, with what the registry knows of contracts on a chain.
  ///
  /// Throws 64 for malformed words, 65 for an event that a contract does not have or a value that fits no parameter, 66 for a
  /// name that nothing known has.
  public func filter(_ contracts: [RegisteredContract]) throws(Failure) -> EventFilter {
    guard !words.isEmpty else { return EventFilter(try narrowed(try everything(contracts))) }
    var patterns: [EventPattern] = []
    for word in words { patterns += try narrowed(try self.patterns(word, contracts)) }
    return EventFilter(patterns)
  }

  private var chosen: Set<Address>? { addresses.isEmpty ? nil : Set(addresses) }

  /// The text where it is a signature: its parenthesis comes before any dot.
  private static func signature(in word: String) -> String? {
    let name = word.prefix { $0 != "(" }
    return name.count < word.count && !name.contains(".") ? word : nil
  }

  private func patterns(
    _ word: String, _ contracts: [RegisteredContract]
  ) throws(Failure) -> [EventPattern] {
    if let abi {
      do throws(ABIError) {
        return try abi.events(named: word).map { EventPattern($0, of: chosen) }
      } catch {
        // A signature needs no ABI.
        guard Self.signature(in: word) != nil else { throw Failure(.data, "--abi: \(error)") }
      }
    }
    if let text = Self.signature(in: word) {
      do throws(ABIError) {
        // As it stands in a contract's source.
        let whole = text.hasSuffix(";") ? String(text.dropLast()) : text
        return [EventPattern(try ABIEvent(parsing: whole), of: chosen)]
      } catch {
        throw Failure(.usage, "malformed signature '\(word.prefix(200))': \(error)")
      }
    }
    guard let reference = ContractReference(word) else {
      throw Failure(
        .usage, "'\(word.prefix(200))' is no event",
        hint: "it is a name, CONTRACT.EVENT, or a signature such as 'Paid(address indexed to)'")
    }
    if let event = reference.method {
      return try patterns(event, of: reference.name, contracts)
    }
    return try patterns(named: word, contracts)
  }

  /// The events of one registered contract.
  private func patterns(
    _ event: String, of name: ContractName, _ contracts: [RegisteredContract]
  ) throws(Failure) -> [EventPattern] {
    guard let contract = contracts.first(where: { $0.name == name }) else {
      throw Failure(
        .missingInput, "no contract '\(name)' is registered on this chain", code: "no-contract",
        hint: name.registeringHint)
    }
    do throws(ABIError) {
      return try contract.abi.events(named: event).map {
        EventPattern($0, of: chosen ?? [contract.address])
      }
    } catch {
      throw Failure(.data, "the contract '\(name)': \(error)")
    }
  }

  /// The events of a name, of all contracts that have one, or of the chosen among them.
  private func patterns(
    named name: String, _ contracts: [RegisteredContract]
  ) throws(Failure) -> [EventPattern] {
    let having = contracts.compactMap { contract in
      (try? contract.abi.events(named: name)).map { (contract.address, $0) }
    }
    guard !having.isEmpty else {
      // A contract's own name stands for all that it tells.
      if let contract = contracts.first(where: { $0.name.description == name }) {
        let all = chosen ?? [contract.address]
        return contract.abi.events.map { EventPattern($0, of: all) } + [EventPattern(nil, of: all)]
      }
      throw Failure(
        .missingInput, "no contract that is registered on this chain has an event '\(name)'",
        code: "no-event",
        hint: "give --abi or a signature, or register the contract: sr-chain contract add")
    }
    // A contract's own definition goes before that of others.
    let own = having.filter { chosen?.contains($0.0) ?? true }
    guard own.isEmpty else {
      return own.flatMap { address, events in events.map { EventPattern($0, of: [address]) } }
        + others(than: own.map(\.0), having.flatMap(\.1))
    }
    return having.flatMap { _, events in events.map { EventPattern($0, of: chosen) } }
  }

  /// The same events of those chosen contracts that are not registered.
  private func others(than known: [Address], _ events: [ABIEvent]) -> [EventPattern] {
    let rest = Set(addresses).subtracting(known)
    return rest.isEmpty ? [] : events.map { EventPattern($0, of: rest) }
  }

  /// All events of the ABI; without one all logs of the chosen contracts, decoded where they are registered.
  private func everything(_ contracts: [RegisteredContract]) throws(Failure) -> [EventPattern] {
    if let abi {
      guard !abi.events.isEmpty else { throw Failure(.data, "--abi: the ABI has no events") }
      return abi.events.map { EventPattern($0, of: chosen) }
    }
    guard let chosen else {
      throw Failure(
        .usage, "no event is named", hint: "give a name, a signature, --abi or --address")
    }
    let known = contracts.filter { chosen.contains($0.address) }.flatMap { contract in
      contract.abi.events.map { EventPattern($0, of: [contract.address]) }
    }
    return known + [EventPattern(nil, of: chosen)]
  }
}
