/// What a kernel in PTX does, instruction by instruction and one work item after another: as much of the language as ours use.
///
/// It shows, where no GPU is, that the text computes what it should; `ptxas` shows that it is PTX. An instruction that is not known here ends
/// the run.
struct PTXMachine {
  struct Unknown: Error { var line: String }

  /// What is run of a line: the label that it carries, the predicate that guards it, the operation and its operands.
  private struct Step {
    var guardName: String?
    var isNegated = false
    var operation: String
    var operands: [String]
  }

  private var steps: [Step] = []
  private var labels: [String: Int] = [:]
  private var parameters: [String] = []
  /// The device's memory; pointers are places in it, all of it words.
  var memory: [UInt32]

  init(_ module: String, kernel: String, memory: [UInt32]) throws {
    self.memory = memory
    guard let start = module.firstRange(of: ".entry \(kernel)("),
      let body = module[start.upperBound...].firstRange(of: "\n{"),
      let end = module[body.upperBound...].firstRange(of: "\n}")
    else { throw Unknown(line: kernel) }
    parameters = module[start.upperBound..<body.lowerBound].split(separator: ",").map {
      String($0.split(whereSeparator: { " )".contains($0) }).last ?? "")
    }
    let text = module[body.upperBound..<end.lowerBound].split(separator: "\n")
      .map { $0.prefix(upTo: $0.firstRange(of: "//")?.lowerBound ?? $0.endIndex) }
    for var line in text.joined(separator: " ").split(separator: ";") {
      line = line.drop { $0 == " " }
      while let colon = line.firstIndex(of: ":"), line[..<colon].allSatisfy({ $0.isUppercase }) {
        labels[String(line[..<colon])] = steps.count
        line = line[line.index(after: colon)...].drop { $0 == " " }
      }
      guard !line.isEmpty, !line.hasPrefix(".reg") else { continue }
      var words = line.split(separator: " ", maxSplits: 1)
      var step = Step(operation: "", operands: [])
      if let first = words.first, first.hasPrefix("@") {
        step.isNegated = first.hasPrefix("@!")
        step.guardName = String(first.drop { "@!".contains($0) })
        words = words[1].split(separator: " ", maxSplits: 1)
      }
      step.operation = String(words[0])
      step.operands = (words.count > 1 ? words[1] : "").split { ",{}[] ".contains($0) }
        .map(String.init)
      steps.append(step)
    }
  }

  /// Runs work items of groups of 32.
  mutating func run(items: Range<Int>, _ arguments: [UInt64]) throws {
    for item in items {
      var registers: [String: UInt64] = [
        "%tid.x": UInt64(item % 32), "%ctaid.x": UInt64(item / 32), "%ntid.x": 32,
      ]
      for (name, value) in zip(parameters, arguments) { registers[name] = value }
      var next = 0
      while next < steps.count {
        let step = steps[next]
        next += 1
        if let name = step.guardName, (registers[name] ?? 0) != (step.isNegated ? 0 : 1) {
          continue
        }
        if step.operation == "ret" { break }
        if step.operation == "bra" {
          guard let place = labels[step.operands[0]] else { throw Unknown(line: step.operands[0]) }
          next = place
          continue
        }
        try run(step, &registers)
      }
    }
  }

  private func value(_ operand: String, _ registers: [String: UInt64]) throws -> UInt64 {
    if let known = registers[operand] { return known }
    let number =
      operand.hasPrefix("0x") ? UInt64(operand.dropFirst(2), radix: 16) : UInt64(operand)
    guard let number else { throw Unknown(line: "\(operand) is read before it is set") }
    return number
  }

  private mutating func run(_ step: Step, _ registers: inout [String: UInt64]) throws {
    let names = step.operands
    func word(_ place: Int) throws -> UInt32 {
      UInt32(truncatingIfNeeded: try value(names[place], registers))
    }
    func set(_ word: UInt32) { registers[names[0]] = UInt64(word) }
    func shifted(_ left: Bool) throws -> UInt32 {
      let (low, high, count) = (try word(1), try word(2), try word(3) & 31)
      let both = UInt64(high) << 32 | UInt64(low)
      return left
        ? UInt32(truncatingIfNeeded: (both << UInt64(count)) >> 32)
        : UInt32(truncatingIfNeeded: both >> UInt64(count))
    }
    switch step.operation {
    case "ld.param.u64", "ld.param.u32", "cvta.to.global.u64", "mov.u32":
      registers[names[0]] = try value(names[1], registers)
    case "ld.global.v4.u32":
      let place = try address(names[4], registers)
      for part in 0..<4 { registers[names[part]] = UInt64(memory[place + part]) }
    case "st.global.v4.u32":
      let place = try address(names[0], registers)
      for part in 0..<4 { memory[place + part] = try word(1 + part) }
    case "add.u32": set(try word(1) &+ word(2))
    case "sub.u32": set(try word(1) &- word(2))
    case "xor.b32": set(try word(1) ^ word(2))
    case "or.b32": set(try word(1) | word(2))
    case "shl.b32": set(try word(1) << word(2))
    case "shr.u32": set(try word(1) >> word(2))
    case "mul.lo.u32": set(try word(1) &* word(2))
    case "mul.hi.u32": set(try word(1).multipliedFullWidth(by: word(2)).high)
    case "mad.lo.u32": set(try word(1) &* word(2) &+ word(3))
    case "mad.wide.u32":
      registers[names[0]] =
        UInt64(try word(1)) * UInt64(try word(2)) + (try value(names[3], registers))
    case "shf.l.wrap.b32": set(try shifted(true))
    case "shf.r.wrap.b32": set(try shifted(false))
    case "prmt.b32":
      guard names[3] == "0x0123" else { throw Unknown(line: names[3]) }
      set(try word(1).byteSwapped)
    case "lop3.b32":
      let (a, b, c, table) = (try word(1), try word(2), try word(3), try word(4))
      set(
        (0..<32).reduce(UInt32(0)) { sum, bit in
          let row = (a >> UInt32(bit) & 1) << 2 | (b >> UInt32(bit) & 1) << 1 | c >> UInt32(bit) & 1
          return sum | (table >> row & 1) << UInt32(bit)
        })
    case "setp.ge.u32": registers[names[0]] = try word(1) >= word(2) ? 1 : 0
    case "setp.lt.u32": registers[names[0]] = try word(1) < word(2) ? 1 : 0
    case "setp.eq.u32": registers[names[0]] = try word(1) == word(2) ? 1 : 0
    case "setp.ne.u32": registers[names[0]] = try word(1) != word(2) ? 1 : 0
    case "or.pred":
      registers[names[0]] = try value(names[1], registers) | value(names[2], registers)
    case "selp.u32": set(try word(3) == 1 ? word(1) : word(2))
    default: throw Unknown(line: "\(step.operation) \(names)")
    }
  }

  /// The word that `%at+16` means.
  private func address(_ operand: String, _ registers: [String: UInt64]) throws -> Int {
    let parts = operand.split(separator: "+").map(String.init)
    var place = try value(parts[0], registers)
    if parts.count > 1 { place += try value(parts[1], registers) }
    guard place % 16 == 0, place / 4 + 4 <= UInt64(memory.count) else {
      throw Unknown(line: "\(operand) points to \(place)")
    }
    return Int(place / 4)
  }
}
