@testable import IPFS
import Testing

/// The grammar of gitignore; each row is what `git check-ignore` says, too.
@Suite struct IgnoreRulesTests {
  /// Paths in the list that the lines leave out, `/` at the end of a directory's.
  @Test(arguments: [
    (["*.o"], ["a.o", "sub/a.o", "a.o/"], ["a.oo", "a.", "o"]),
    (["build/"], ["build/", "sub/build/"], ["build", "sub/build", "builds/"]),
    (["/top"], ["top", "top/"], ["sub/top"]),
    (["sub/x"], ["sub/x"], ["x", "deep/sub/x", "sub/xx"]),
    (["**/x/y"], ["x/y", "a/x/y", "a/b/x/y"], ["x", "y", "x/a/y"]),
    (["a/**/z"], ["a/z", "a/b/z", "a/b/c/z"], ["z", "b/a/z", "a"]),
    (["a/**"], ["a/b", "a/b/c", "a/b/"], ["a", "a/", "b/a/c"]),
    (["**"], ["a", "a/b"], []),
    (["a**b"], ["ab", "axxb", "sub/ab"], ["a", "b"]),
    (["*", "!*.c", "!*/"], ["a.h", "sub/a"], ["a.c", "sub/", "sub/b.c"]),
    (["*.c", "!keep.c", "keep.c"], ["a.c", "keep.c"], []),
    (["# no", "", "   ", "\\#yes", "\\!bang"], ["#yes", "!bang"], ["# no", "no", " "]),
    (["space  ", "kept\\ "], ["space", "kept "], ["space  ", "kept"]),
    (["carriage\r"], ["carriage"], ["carriage\r"]),
    (["a?c"], ["abc", "sub/axc"], ["ac", "a/c", "abbc"]),
    (["[a-c]x", "[!0-9]y", "[^q]z"], ["ax", "cx", "ay", "_z"], ["dx", "0y", "qz", "x"]),
    (["[]a]", "[[:digit:]_]k", "[a-]m"], ["]", "a", "7k", "_k", "-m"], ["b", "xk", "bm"]),
    (["\\*", "a\\?"], ["*", "a?"], ["x", "ab"]),
    (["*a*a*a*a*a*a*b"], ["aaaaaab"], [String(repeating: "a", count: 200)]),
  ])
  func patterns(lines: [String], ignored: [String], kept: [String]) throws {
    var rules = IgnoreRules()
    try rules.add(lines: lines.map { Array($0.utf8) })
    for path in ignored { #expect(ignores(path, rules), "\(path)") }
    for path in kept { #expect(!ignores(path, rules), "\(path)") }
  }

  private func ignores(_ path: String, _ rules: IgnoreRules) -> Bool {
    let isDirectory = path.hasSuffix("/")
    let names = path.split(separator: "/").map { Array($0.utf8) }
    return rules.ignore(names, isDirectory: isDirectory)
  }

  @Test func namesAreBytes() throws {
    var rules = IgnoreRules()
    try rules.add(lines: [Array("caf?".utf8), [0xff, UInt8(ascii: "*")]])
    #expect(rules.ignore([Array("café".utf8)], isDirectory: false))
    #expect(rules.ignore([[0xff, 0xfe]], isDirectory: false))
    #expect(!rules.ignore([[0xfe]], isDirectory: false))
  }

  @Test(arguments: ["[", "a[b", "[a-", "[[:digit:]", "[[:no:]]", "end\\", "a/[b/c]"])
  func linesThatAreNoRules(line: String) {
    var rules = IgnoreRules()
    #expect(throws: IgnoreRulesError.badPattern(line)) {
      try rules.add(lines: [Array("fine".utf8), Array(line.utf8)])
    }
  }
}
