import CSeccomp
import Glibc
import SystemPackage

/// The system calls that a sandboxed command does not get.
///
/// All others pass: the filter takes away what reaches other processes, the kernel's insides, or new namespaces.
/// Calls of a foreign architecture (32-bit, x32) kill the process.
struct SystemCallFilter {
  /// Whether the command has the machine's network.
  ///
  /// It then gets netlink sockets, and no local ones: those with abstract names belong to the network, and would reach
  /// the caller's desktop and services.
  var network: Bool
  /// Whether no control group counts its memory.
  ///
  /// Then it gets no memory that belongs to no process and no file system: nobody could see how much that is.
  var isWatched: Bool

  private static let hiddenMemory = ["memfd_create", "memfd_secret", "shmget", "mq_open"]

  private static let forbidden = [
    // Other processes.
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp",
    "move_pages", "migrate_pages",
    // Mounts and namespaces.
    "mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree",
    "open_tree_attr", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "unshare",
    "setns", "quotactl", "quotactl_fd", "open_by_handle_at", "fanotify_init",
    // Keys, programs in the kernel, page faults of others' choosing.
    "add_key", "request_key", "keyctl", "bpf", "perf_event_open", "userfaultfd",
    "io_uring_setup", "io_uring_enter", "io_uring_register",
    // The machine itself.
    "kexec_load", "kexec_file_load", "create_module", "init_module", "finit_module",
    "delete_module", "reboot", "swapon", "swapoff", "acct", "syslog", "vhangup", "iopl", "ioperm",
    "settimeofday", "clock_settime", "stime", "sethostname", "setdomainname", "nfsservctl",
    "lookup_dcookie", "uselib", "ustat", "sysfs", "_sysctl", "modify_ldt", "vm86", "vm86old",
  ]

  /// CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
  private static let namespaceFlags: [UInt64] = [
    0x80, 0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000,
  ]

  /// The filter as the kernel's program, for `bwrap --seccomp`.
  func program() throws(SandboxError) -> Descriptor {
    guard let context = unsafe seccomp_init(Self.allow) else {
      throw .setup("cannot make a system call filter")
    }
    defer { unsafe seccomp_release(context) }
    let rules = unsafe Rules(context: context)
    try check(unsafe seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2))
    for name in Self.forbidden { try rules.refuse(name) }
    if isWatched { for name in Self.hiddenMemory { try rules.refuse(name) } }
    // Its flags lie behind a pointer, which a filter cannot read; the C library falls back to clone.
    try rules.refuse("clone3", with: ENOSYS)
    for flag in Self.namespaceFlags { try rules.refuse("clone", where: .bits(0, flag, flag)) }
    // TIOCSTI types into the caller's terminal, TIOCLINUX pastes into a console.
    for request: UInt64 in [0x5412, 0x541C] {
      try rules.refuse("ioctl", where: .bits(1, 0xFFFF_FFFF, request))
    }
    try rules.refuse("personality", where: .not(0, 0))
    try refuseSpecialModes(rules)
    try refuseSockets(rules)

    let file = try Descriptor.holding([])
    try check(unsafe seccomp_export_bpf(context, file.number))
    lseek(file.number, 0, SEEK_SET)
    return file
  }

  /// Set-user-id and set-group-id bits, by mode argument.
  private func refuseSpecialModes(_ rules: Rules) throws(SandboxError) {
    for (name, argument): (String, UInt32) in [
      ("chmod", 1), ("fchmod", 1), ("fchmodat", 2), ("fchmodat2", 2), ("mknod", 1), ("mknodat", 2),
      ("creat", 1),
    ] {
      for bit: UInt64 in [0o4000, 0o2000] {
        try rules.refuse(name, where: .bits(argument, bit, bit))
      }
    }
  }

  /// All but IPv4 and IPv6 sockets, and local ones or, with the network, netlink ones.
  private func refuseSockets(_ rules: Rules) throws(SandboxError) {
    let allowed = [AF_INET, AF_INET6, network ? AF_NETLINK : AF_UNIX]
    for family in 0...AF_NETLINK where !allowed.contains(family) {
      try rules.refuse("socket", with: EAFNOSUPPORT, where: .bits(0, 0xFFFF_FFFF, UInt64(family)))
    }
    try rules.refuse("socket", with: EAFNOSUPPORT, where: .above(0, UInt64(AF_NETLINK)))
  }

  private static let allow: UInt32 = 0x7FFF_0000  // SCMP_ACT_ALLOW

  /// A condition on one argument of a call.
  fileprivate enum Condition {
    case bits(UInt32, _ mask: UInt64, _ value: UInt64)
    case not(UInt32, UInt64)
    case above(UInt32, UInt64)

    var comparison: scmp_arg_cmp {
      switch self {
      case .bits(let argument, let mask, let value):
        scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)
      case .not(let argument, let value):
        scmp_arg_cmp(arg: argument, op: SCMP_CMP_NE, datum_a: value, datum_b: 0)
      case .above(let argument, let value):
        scmp_arg_cmp(arg: argument, op: SCMP_CMP_GT, datum_a: value, datum_b: 0)
      }
    }
  }

  @safe fileprivate struct Rules {
    private let context: scmp_filter_ctx

    init(context: scmp_filter_ctx) { unsafe self.context = unsafe context }

    func refuse(
      _ name: String, with error: Int32 = EPERM, where condition: Condition? = nil
    ) throws(SandboxError) {
      let number = unsafe seccomp_syscall_resolve_name(name)
      // A call that this libseccomp or this machine does not know.
      guard number != -1 else { return }
      let action = 0x0005_0000 | UInt32(error)  // SCMP_ACT_ERRNO
      let comparisons = condition.map { [$0.comparison] } ?? []
      try check(
        unsafe seccomp_rule_add_array(
          context, action, number, UInt32(comparisons.count), comparisons))
    }
  }
}

private func check(_ result: Int32) throws(SandboxError) {
  guard result == 0 else { throw .system("make a system call filter", Errno(rawValue: -result)) }
}
