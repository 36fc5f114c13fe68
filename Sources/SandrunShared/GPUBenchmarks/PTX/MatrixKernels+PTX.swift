internal import Computing

extension MatrixKernels {
  static let ptx = PTXText.module(70, version: "6.4", [entries, multiply, differ])

  private static let entries = PTXText.entry(
    "entries", [.pointer, .number, .number],
    "  .reg .u32 %word;\n  .reg .f32 %value;\n"
      + PTXText.words(
        limit: 1,
        """
        mad.lo.u32 %word, %item, 2654435761, %n2;
          shr.u32 %word, %word, 29;
          cvt.rn.f32.u32 %value, %word;
          sub.f32 %value, %value, 0f40800000;
          add.u64 %at, %a0, %o;
          st.global.f32 [%at], %value;
        """))

  /// The byte places of what a work item reads and writes are counted once; with each tile they move on.
  private static let multiply = PTXText.entry(
    "multiply", [.pointer, .pointer, .pointer, .number], directive: ".reqntid 256, 1, 1",
    """
      .shared .align 16 .b8 left[1024];
      .shared .align 16 .b8 right[1024];
      .reg .pred %more;
      .reg .u32 %own, %row, %column, %tiles, %top, %first, %word, %done, %stride;
      .reg .u32 %mine<2>;
      .reg .u32 %line, %pillar;
      .reg .u64 %from, %to, %end, %step;
      .reg .f32 %x, %y, %sum;
      mov.u32 %own, %tid.x;
      shr.u32 %row, %own, 4;
      and.b32 %column, %own, 15;
      shr.u32 %tiles, %n3, 4;
      div.u32 %top, %group, %tiles;
      rem.u32 %first, %group, %tiles;
      shl.b32 %top, %top, 4;
      shl.b32 %first, %first, 4;
      add.u32 %top, %top, %row;
      add.u32 %first, %first, %column;
      mad.lo.u32 %word, %top, %n3, %column;
      mul.wide.u32 %from, %word, 4;
      add.u64 %from, %a1, %from;
      mad.lo.u32 %word, %row, %n3, %first;
      mul.wide.u32 %to, %word, 4;
      add.u64 %to, %a2, %to;
      mad.lo.u32 %word, %top, %n3, %first;
      mul.wide.u32 %end, %word, 4;
      add.u64 %end, %a0, %end;
      mul.wide.u32 %step, %n3, 64;
      shl.b32 %word, %own, 2;
      mov.u32 %mine0, left;
      mov.u32 %mine1, right;
      shl.b32 %line, %row, 6;
      add.u32 %line, %mine0, %line;
      shl.b32 %pillar, %column, 2;
      add.u32 %pillar, %mine1, %pillar;
      add.u32 %mine0, %mine0, %word;
      add.u32 %mine1, %mine1, %word;
      mov.f32 %sum, 0f00000000;
      mov.u32 %done, 0;
    NEXT:
      ld.global.f32 %x, [%from];
      ld.global.f32 %y, [%to];
      st.shared.f32 [%mine0], %x;
      st.shared.f32 [%mine1], %y;
      bar.sync 0;
      \((0..<tile).map { "ld.shared.f32 %x, [%line + \(4 * $0)]; ld.shared.f32 %y, [%pillar + \(64 * $0)]; fma.rn.f32 %sum, %x, %y, %sum;" }.joined(separator: "\n  "))
      bar.sync 0;
      add.u64 %from, %from, 64;
      add.u64 %to, %to, %step;
      add.u32 %done, %done, 16;
      setp.lt.u32 %more, %done, %n3;
      @%more bra NEXT;
      st.global.f32 [%end], %sum;
    """)

  private static let differ = PTXText.entry(
    "differ", [.pointer, .pointer, .pointer, .number],
    """
      .reg .pred %unlike;
      .reg .u32 %one, %other, %found, %seen;
      .reg .u64 %end;
      mul.wide.u32 %end, %item, 8;
      add.u64 %end, %a0, %end;
      ld.global.u32 %found, [%end];
      ld.global.u32 %seen, [%end + 4];
    """
      + "\n"
      + PTXText.words(
        limit: 3,
        """
        add.u64 %at, %a1, %o;
          ld.global.u32 %one, [%at];
          add.u64 %at, %a2, %o;
          ld.global.u32 %other, [%at];
          setp.ne.u32 %unlike, %one, %other;
          @%unlike add.u32 %found, %found, 1;
          add.u32 %seen, %seen, 1;
        """) + "\n  st.global.u32 [%end], %found;\n  st.global.u32 [%end + 4], %seen;")
}
