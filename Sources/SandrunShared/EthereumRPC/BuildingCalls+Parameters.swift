internal import ABI
internal import Ethereum
public import Records

extension BuildingCalls {
  /// The members of a call as a command line names it: `TO [SIGNATURE [ARGUMENT …]]`, or `CONTRACT.METHOD [ARGUMENT …]`.
  ///
  /// No node is asked: names of accounts stay among the arguments, to be resolved as any record's are. Throws 64 where the words make no call.
  public func members(_ parameters: [String]) throws(Failure) -> JSONObject {
    guard let to = parameters.first else { return [:] }
    var members: JSONObject = ["to": .string(to)]
    var words = parameters.dropFirst()
    do throws(ContractRegistryError) {
      if try registry.missing(to) != nil {
        // Who resolves the name knows the chain, and tells that the contract is not there.
        members["function"] = words.popFirst().map { .string($0) }
        if members["function"] != nil { members["args"] = .array(words.map { .string($0) }) }
        return members
      }
    } catch { throw Failure(error) }
    let call: ContractCall
    var names: [Int: String] = [:]
    do throws(ContractRegistryError) {
      if let found = try registry.find(to), found.method != nil {
        members["to"] = .string("\(found.contract.name)")
        let texts = Self.taking(
          &names, out: words, ContractCall.parameters(to, count: words.count, registry: registry))
        call = try ContractCall(to, parsing: texts, registry: registry)
      } else {
        guard let function = words.popFirst() else { return members }
        let abi = try Address(to).flatMap { (address) throws(ContractRegistryError) in
          try interfaces.abi(at: address)
        }
        let texts = Self.taking(
          &names, out: words,
          ContractCall.parameters(
            function, count: words.count, to: to, abi: abi, registry: registry))
        call = try ContractCall(function, parsing: texts, to: to, abi: abi, registry: registry)
      }
    } catch {
      let failure = Failure(error)
      throw Failure(
        failure.status == .data ? .usage : failure.status, failure.message, hint: failure.hint)
    }
    members["function"] = .string(call.function.signature)
    members["args"] = .array(
      call.arguments.enumerated().map { index, value in
        names[index].map { .string($0) } ?? value.json
      })
    return members
  }

  /// The words with an address in place of each name of an account; the names by their places.
  private static func taking(
    _ names: inout [Int: String], out words: ArraySlice<String>, _ parameters: [ABIParameter]
  ) -> [String] {
    var texts = Array(words)
    for (index, parameter) in zip(texts.indices, parameters)
    where parameter.type == .address && AddressResolver.isName(texts[index]) {
      names[index] = texts[index]
      texts[index] = "0x" + String(repeating: "0", count: 40)
    }
    return texts
  }
}
