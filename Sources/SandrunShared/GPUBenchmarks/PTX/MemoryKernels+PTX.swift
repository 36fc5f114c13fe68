internal import Computing

extension MemoryKernels {
  static let ptx = PTXText.module(
    70, version: "6.4", [fill, copy, sum, triad, link, chase, nothing])

  private static func four(_ name: String, _ vector: Int) -> String {
    "{" + (0..<4).map { "%\(name)\(4 * vector + $0)" }.joined(separator: ", ") + "}"
  }

  private static let fill = PTXText.entry(
    "fill", [.pointer, .number, .number],
    """
      .reg .u64 %place;
      .reg .u32 %v<16>;
    """
      + "\n"
      + PTXText.vectors(limit: 1) { vector in
        let first = 4 * vector
        return """
          shr.u64 %place, %o\(vector), 2;
            cvt.u32.u64 %v\(first), %place;
            mad.lo.u32 %v\(first), %v\(first), 2654435761, %n2;
            add.u32 %v\(first + 1), %v\(first), 2654435761;
            add.u32 %v\(first + 2), %v\(first + 1), 2654435761;
            add.u32 %v\(first + 3), %v\(first + 2), 2654435761;
            add.u64 %at\(vector), %a0, %o\(vector);
            st.global.v4.u32 [%at\(vector)], \(four("v", vector));
          """
      })

  private static let copy = PTXText.entry(
    "copy", [.pointer, .pointer, .number],
    "  .reg .u32 %v<16>;\n"
      + PTXText.vectors(
        limit: 2,
        load: { vector in
          "add.u64 %at\(vector), %a1, %o\(vector); ld.global.v4.u32 \(four("v", vector)), [%at\(vector)];"
        },
        use: { vector in
          "add.u64 %at\(vector), %a0, %o\(vector); st.global.v4.u32 [%at\(vector)], \(four("v", vector));"
        }))

  private static let sum = PTXText.entry(
    "sum", [.pointer, .pointer, .number],
    """
      .reg .u32 %v<16>;
      .reg .u32 %total<4>;
      .reg .u64 %end;
      mul.wide.u32 %end, %item, 4;
      add.u64 %end, %a0, %end;
      mov.u32 %total0, 0; mov.u32 %total1, 0; mov.u32 %total2, 0; mov.u32 %total3, 0;
    """
      + "\n"
      + PTXText.vectors(
        limit: 2,
        load: { vector in
          "add.u64 %at\(vector), %a1, %o\(vector); ld.global.v4.u32 \(four("v", vector)), [%at\(vector)];"
        },
        use: { vector in
          (0..<4).map { "add.u32 %total\($0), %total\($0), %v\(4 * vector + $0);" }
            .joined(separator: " ")
        })
        + """

          add.u32 %total0, %total0, %total1;
          add.u32 %total2, %total2, %total3;
          add.u32 %total0, %total0, %total2;
          st.global.u32 [%end], %total0;
        """)

  private static let triad = PTXText.entry(
    "triad", [.pointer, .pointer, .pointer, .number],
    "  .reg .u32 %v<16>;\n  .reg .u32 %w<16>;\n"
      + PTXText.vectors(
        limit: 3,
        load: { vector in
          """
          add.u64 %at\(vector), %a1, %o\(vector); ld.global.v4.u32 \(four("v", vector)), [%at\(vector)];
            add.u64 %at\(vector + 4), %a2, %o\(vector); ld.global.v4.u32 \(four("w", vector)), [%at\(vector + 4)];
          """
        },
        use: { vector in
          (4 * vector..<4 * vector + 4).map { "mad.lo.u32 %v\($0), %w\($0), 3, %v\($0);" }
            .joined(separator: " ")
            + " add.u64 %at\(vector), %a0, %o\(vector); st.global.v4.u32 [%at\(vector)], \(four("v", vector));"
        }))

  private static let link = PTXText.entry(
    "link", [.pointer, .number, .number, .number],
    "  .reg .u32 %line;\n"
      + PTXText.words(
        limit: 1, inclusive: true,
        """
        mad.lo.u32 %line, %item, %n2, %n3;
          and.b32 %line, %line, %n1;
          shl.b32 %line, %line, 5;
          shl.b64 %o, %o, 5;
          add.u64 %at, %a0, %o;
          st.global.u32 [%at], %line;
        """))

  private static let chase = PTXText.entry(
    "chase", [.pointer, .pointer, .number],
    """
      .reg .pred %more;
      .reg .u32 %place, %taken;
      .reg .u64 %at;
      ld.global.u32 %place, [%a0];
      ld.global.u32 %taken, [%a0 + 4];
      add.u32 %taken, %taken, %n2;
    NEXT:
      setp.ne.u32 %more, %n2, 0;
      @!%more bra DONE;
      mul.wide.u32 %at, %place, 4;
      add.u64 %at, %a1, %at;
      ld.global.u32 %place, [%at];
      sub.u32 %n2, %n2, 1;
      bra NEXT;
    DONE:
      st.global.u32 [%a0], %place;
      st.global.u32 [%a0 + 4], %taken;
    """)

  private static let nothing = PTXText.entry(
    "nothing", [.pointer],
    """
      .reg .pred %here;
      .reg .u32 %one;
      setp.eq.u32 %here, %item, 0x7fffffff;
      mov.u32 %one, 1;
      @%here st.global.u32 [%a0], %one;
    """)
}
