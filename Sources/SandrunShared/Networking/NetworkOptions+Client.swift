internal import Commands
public import HTTP
public import Records
internal import Timing

extension NetworkOptions {
  /// The HTTP client's options; throws 64 naming the one that is wrong.
  public func clientOptions() throws(Failure) -> HTTPOptions {
    var options = HTTPOptions()
    if let idleTimeout {
      options.idleTimeout = try Self.duration(idleTimeout, "--idle-timeout")
    }
    if let retries { options.retries = retries }
    if let rate {
      do { options.rate = try Rate(rate) } catch {
        throw Failure(.usage, "--rate: \(error)")
      }
    }
    options.userAgent = "sandrun/\(Version.text)"
    return options
  }

  /// How long one record may take, nil where no bound was given; throws 64 where it is no time.
  public func recordTimeout() throws(Failure) -> Duration? {
    try timeout.map { (text) throws(Failure) in try Self.duration(text, "--timeout") }
  }

  private static func duration(_ text: String, _ flag: String) throws(Failure) -> Duration {
    do throws(UnitError) {
      let duration = try Seconds.parse(text)
      guard duration > .zero else { throw UnitError(text, expected: "more than no time") }
      return duration
    } catch {
      throw Failure(.usage, "\(flag): \(error)")
    }
  }
}
