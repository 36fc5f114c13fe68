internal import Computing

extension ArithmeticKernels {
  /// How a kind of number is written in PTX.
  private struct Dialect {
    /// The least compute capability, and the least version of PTX.
    var target = 70
    var version = "6.4"
    /// What the registers of a chain hold.
    var register: String
    /// Puts a float in a register; it lies in `%value`.
    var convert: (String) -> String
    /// One step of a chain.
    var step: (String) -> String
    /// Turns the sign of the term.
    var turn: String
    /// Adds a chain to `%sum`.
    var add: (String) -> String
  }

  private static func dialect(_ number: NumberKind) -> Dialect? {
    switch number {
    case .fp32:
      Dialect(
        register: "f32", convert: { "mov.f32 \($0), %value;" },
        step: { "fma.rn.f32 \($0), \($0), %one, %term;" }, turn: "neg.f32 %term, %term;",
        add: { "add.f32 %sum, %sum, \($0);" })
    case .fp64:
      Dialect(
        register: "f64", convert: { "cvt.f64.f32 \($0), %value;" },
        step: { "fma.rn.f64 \($0), \($0), %one, %term;" }, turn: "neg.f64 %term, %term;",
        add: { "cvt.rn.f32.f64 %value, \($0); add.f32 %sum, %sum, %value;" })
    case .fp16:
      Dialect(
        register: "b32", convert: { "cvt.rn.f16.f32 %low, %value; mov.b32 \($0), {%low, %low};" },
        step: { "fma.rn.f16x2 \($0), \($0), %one, %term;" },
        turn: "xor.b32 %term, %term, 0x80008000;",
        add: { chain in
          "mov.b32 {%low, %high}, \(chain); "
            + ["low", "high"].map {
              "cvt.f32.f16 %value, %\($0); fma.rn.f32 %sum, %value, 0f3F000000, %sum;"
            }.joined(separator: " ")
        })
    case .bf16:
      Dialect(
        target: 80, version: "7.0", register: "b32",
        convert: { "cvt.rn.bf16.f32 %low, %value; mov.b32 \($0), {%low, %low};" },
        step: { "fma.rn.bf16x2 \($0), \($0), %one, %term;" },
        turn: "xor.b32 %term, %term, 0x80008000;",
        // The upper half of a float is a bfloat16.
        add: { chain in
          "shl.b32 %word, \(chain), 16; mov.b32 %value, %word; "
            + "fma.rn.f32 %sum, %value, 0f3F000000, %sum; "
            + "and.b32 %word, \(chain), 0xFFFF0000; mov.b32 %value, %word; "
            + "fma.rn.f32 %sum, %value, 0f3F000000, %sum;"
        })
    case .int8:
      // Of the four products in a step one is 1 and the others nothing: they are computed all the same.
      Dialect(
        register: "s32", convert: { "cvt.rzi.s32.f32 \($0), %value;" },
        step: { "dp4a.s32.s32 \($0), %one, %term, \($0);" },
        turn: "neg.s32 %term, %term; and.b32 %term, %term, 255;",
        add: { "cvt.rn.f32.s32 %value, \($0); add.f32 %sum, %sum, %value;" })
    case .tf32, .fp8: nil
    }
  }

  static func ptx(_ number: NumberKind) -> KernelProgram.PTX? {
    guard let dialect = dialect(number) else { return nil }
    let places = 0..<chains
    let steps = places.map { dialect.step("%x\($0)") }.joined(separator: " ")
    let body = """
        .reg .pred %more;
        .reg .b16 %low, %high;
        .reg .b32 %word;
        .reg .f32 %value, %sum;
        .reg .\(dialect.register) %one, %term;
        .reg .\(dialect.register) %x<\(chains)>;
        .reg .u64 %end;
        mov.f32 %value, %f1;
        \(dialect.convert("%one"))
        \(dialect.convert("%term"))
        \(places.map { "cvt.rn.f32.u32 %value, \($0); \(dialect.convert("%x\($0)"))" }.joined(separator: "\n  "))
      NEXT:
        setp.ne.u32 %more, %n2, 0;
        @!%more bra DONE;
        \(Array(repeating: steps, count: stepsPerRound).joined(separator: "\n  "))
        \(dialect.turn)
        sub.u32 %n2, %n2, 1;
        bra NEXT;
      DONE:
        mov.f32 %sum, 0f00000000;
        \(places.map { dialect.add("%x\($0)") }.joined(separator: "\n  "))
        mul.wide.u32 %end, %item, 4;
        add.u64 %end, %a0, %end;
        st.global.f32 [%end], %sum;
      """
    return PTXText.module(
      dialect.target, version: dialect.version,
      [PTXText.entry("chains", [.pointer, .float, .number], body)])
  }
}
