internal import Computing

/// Kernels that multiply and add small matrices, a warp at a time, by `mma.sync`: each warp carries chains that do not wait for each
/// other.
///
/// Both factors are the same everywhere, so that each step adds the same to each cell. The left one changes its sign with each round:
/// some units add up in fewer bits than a cell has, in which no long count would be exact.
enum TensorKernels {
  static let chains = 8
  static let stepsPerRound = 16

  /// One shape of `mma.sync`: 16 rows, 8 columns, and so many terms of each cell.
  struct Shape {
    var depth: Int
    /// The instruction, without its operands.
    var instruction: String
    var target: Int
    var version: String
    /// What the cells are held in.
    var cell: String
    /// What each step adds to a cell.
    var gain: Float
    /// Makes a word of the left factor, all of whose numbers are in `%value`, and of the right one.
    var pack: (String) -> String
    /// The bits that turn the sign of every number in a word of the left factor.
    var turn: String
    /// What the right factor's numbers are.
    var right: Float
  }

  static func shape(_ number: NumberKind) -> Shape? {
    func instruction(_ depth: Int, _ types: String) -> String {
      "mma.sync.aligned.m16n8k\(depth).row.col.\(types)"
    }
    func halves(_ type: String) -> (String) -> String {
      { "cvt.rn.\(type).f32 %half, %value; mov.b32 \($0), {%half, %half};" }
    }
    switch number {
    case .fp16:
      return Shape(
        depth: 16, instruction: instruction(16, "f32.f16.f16.f32"), target: 80, version: "7.0",
        cell: "f32", gain: 1, pack: halves("f16"), turn: "0x80008000", right: 1 / 16)
    case .bf16:
      return Shape(
        depth: 16, instruction: instruction(16, "f32.bf16.bf16.f32"), target: 80, version: "7.0",
        cell: "f32", gain: 1, pack: halves("bf16"), turn: "0x80008000", right: 1 / 16)
    case .tf32:
      return Shape(
        depth: 8, instruction: instruction(8, "f32.tf32.tf32.f32"), target: 80, version: "7.0",
        cell: "f32", gain: 1, pack: { "cvt.rna.tf32.f32 \($0), %value;" }, turn: "0x80000000",
        right: 1 / 8)
    case .int8:
      return Shape(
        depth: 32, instruction: instruction(32, "s32.s8.s8.s32"), target: 80, version: "7.0",
        cell: "s32", gain: 32,
        pack: { "cvt.rzi.u32.f32 \($0), %value; mul.lo.u32 \($0), \($0), 0x01010101;" },
        turn: "0xFEFEFEFE",
        right: 1)
    case .fp8:
      return Shape(
        depth: 32, instruction: instruction(32, "f32.e4m3.e4m3.f32"), target: 89, version: "8.4",
        cell: "f32", gain: 1,
        pack: {
          "cvt.rn.satfinite.e4m3x2.f32 %half, %value, %value; mov.b32 \($0), {%half, %half};"
        }, turn: "0x80808080", right: 1 / 32)
    case .fp64, .fp32: return nil
    }
  }

  static func program(_ number: NumberKind) -> KernelProgram? {
    guard let shape = shape(number) else { return nil }
    func cells(_ chain: Int) -> String {
      "{" + (0..<4).map { "%c\(4 * chain + $0)" }.joined(separator: ", ") + "}"
    }
    let steps = (0..<chains).map { chain in
      "\(shape.instruction) \(cells(chain)), {%left, %left, %left, %left}, {%right, %right}, \(cells(chain));"
    }.joined(separator: "\n  ")
    let all = 0..<4 * chains
    let isInteger = shape.cell == "s32"
    let begin = all.map { "mov.\(shape.cell) %c\($0), \(isInteger ? "0" : "0f00000000");" }
    let sum = all.map {
      isInteger
        ? "cvt.rn.f32.s32 %value, %c\($0); add.f32 %sum, %sum, %value;"
        : "add.f32 %sum, %sum, %c\($0);"
    }
    let body = """
        .reg .pred %more;
        .reg .b16 %half;
        .reg .b32 %left, %right;
        .reg .f32 %value, %sum;
        .reg .\(shape.cell) %c<\(4 * chains)>;
        .reg .u64 %end;
        mov.f32 %value, %f1;
        \(shape.pack("%left"))
        mul.f32 %value, %f1, 0f\(hexadecimal(shape.right));
        \(shape.pack("%right"))
        \(begin.joined(separator: "\n  "))
      NEXT:
        setp.ne.u32 %more, %n2, 0;
        @!%more bra DONE;
        \(Array(repeating: steps, count: stepsPerRound).joined(separator: "\n  "))
        xor.b32 %left, %left, \(shape.turn);
        sub.u32 %n2, %n2, 1;
        bra NEXT;
      DONE:
        mov.f32 %sum, 0f00000000;
        \(sum.joined(separator: "\n  "))
        mul.wide.u32 %end, %item, 4;
        add.u64 %end, %a0, %end;
        st.global.f32 [%end], %sum;
      """
    return KernelProgram(
      name: "\(number.rawValue).mma", openCL: nil,
      ptx: PTXText.module(
        shape.target, version: shape.version,
        [PTXText.entry("products", [.pointer, .float, .number], body)]))
  }

  private static func hexadecimal(_ value: Float) -> String {
    let digits = String(value.bitPattern, radix: 16, uppercase: true)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
