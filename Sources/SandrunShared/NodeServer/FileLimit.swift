#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How many files the process may have open: each connection is one.
enum FileLimit {
  /// Raises the soft limit to the hard one; the C function is `setrlimit`.
  static func raise() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < limit.rlim_max
    else { return }
    limit.rlim_cur = min(limit.rlim_max, 1 << 20)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
