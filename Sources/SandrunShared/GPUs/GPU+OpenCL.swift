internal import OpenCL
internal import Records

extension GPU {
  /// Asks all that OpenCL tells of one device.
  static func facts(_ device: OpenCLDevice) -> Facts {
    var facts = Facts()
    let extensions = (try? device.text(.extensions)) ?? ""
    let names = extensions.split(separator: " ")
    if names.contains("cl_khr_device_uuid") {
      facts.ask("uuid") { () throws(OpenCLError) in
        .string(text(ofUUID: try device.uuid()))
      }
    } else {
      facts.lack("uuid", because: "the driver has no cl_khr_device_uuid")
    }
    facts.ask("name") { () throws(OpenCLError) in .string(try device.text(.name)) }
    facts.set("type", to: "opencl")
    facts.ask("vendor") { () throws(OpenCLError) in .string(try device.text(.vendor)) }
    facts.set("backend", to: "opencl")
    facts.ask("kind") { () throws(OpenCLError) in .string(try device.kind().rawValue) }
    facts.set("usable", to: true)
    facts.ask("memory") { () throws(OpenCLError) in .integer(try device.memory()) }
    facts.lack("memoryFree", because: Self.silence)
    if names.contains("cl_nv_device_attribute_query") {
      facts.ask("compute") { () throws(OpenCLError) in
        .string(try device.compute())
      }
    } else {
      facts.lack("compute", because: "only NVIDIA's GPUs have a compute capability")
    }
    facts.ask("multiprocessors") { () throws(OpenCLError) in
      .integer(try device.computeUnits())
    }
    facts.ask("cache") { () throws(OpenCLError) in .integer(try device.cacheSize()) }
    facts.lack("bus", because: Self.silence)
    facts.lack("clock", because: Self.silence)
    facts.ask("clockMax") { () throws(OpenCLError) in
      .integer(try device.maximumClock())
    }
    for name in ["memoryClock", "memoryClockMax", "pcie", "nvlinks", "mig"] {
      facts.lack(name, because: Self.silence)
    }
    facts.ask("ecc") { () throws(OpenCLError) in
      .bool(try device.integer(.errorCorrection) != 0)
    }
    for name in ["temperature", "power", "powerLimit", "powerLimits", "processes"] {
      facts.lack(name, because: Self.silence)
    }
    facts.ask("driver") { () throws(OpenCLError) in .string(try device.text(.driverVersion)) }
    facts.lack("cuda", because: "it is driven through OpenCL")
    facts.ask("opencl") { () throws(OpenCLError) in .string(try device.text(.version)) }
    facts.ask("platform") { () throws(OpenCLError) in .string(try device.platformName()) }
    return facts
  }

  private static let silence = "OpenCL does not tell"
}
