internal import NodeAPI
internal import NodeEngine
internal import Records

extension Routes {
  /// `GET /`: what the node is and takes.
  var service: JSON {
    var service: JSONObject = [
      "service": "sandrun", "version": .string(options.version), "api": 1,
      "worker_id": .string("\(engine.address)"),
      "ipfs": ["get": true, "post": true, "max_bytes": .integer(options.maxUpload)],
      "submit": [
        "max_bytes": .integer(options.maxUpload), "max_files": .integer(options.maxFiles),
      ],
      "websockets": ["/stream/{id}", "/logs/{id}"], "idempotency": true,
      "escrow": .bool(options.escrows != nil),
    ]
    if options.pool != nil {
      service["registry"] = ["nodes": "/nodes", "max_bytes": .integer(NodePool.longestDescriptor)]
    }
    return .object(service)
  }

  /// `GET /health`: whether it takes jobs.
  var health: JSON {
    [
      "status": .string(engine.isDraining ? "draining" : "ok"),
      "worker_id": .string("\(engine.address)"),
    ]
  }

  /// `GET /environments`: what a job may name as its `environment`.
  var environments: JSON {
    get async { .array(await surroundings.environments().map { .object($0) }) }
  }

  /// `GET /stats`: what the node has in hand; no job is named.
  var stats: JSON {
    let stats = engine.stats
    let jobs = JobState.allCases.map { state in
      JSONObject.Member(name: state.rawValue, value: .integer(stats.jobs[state] ?? 0))
    }
    var told: JSONObject = [
      "worker_id": .string("\(engine.address)"), "version": .string(options.version),
      "status": .string(stats.isDraining ? "draining" : "ok"),
      "jobs": .object(JSONObject(jobs)),
      "queue": [
        "length": .integer(stats.jobs[.queued] ?? 0), "max_length": .integer(stats.maxQueued),
        "concurrency": .integer(stats.concurrency),
      ],
      "storage": [
        "content_bytes": .integer(stats.contentBytes), "log_bytes": .integer(stats.logBytes),
        "free_bytes": .integer(stats.freeBytes),
      ],
      "connections": ["open": .integer(connections.open), "max": .integer(connections.limit)],
      "system": .object(options.machine),
    ]
    told["registry"] = options.pool.map(Self.stats)
    return .object(told)
  }

  /// `GET /metrics`: the same numbers for Prometheus (text exposition format 0.0.4).
  var metrics: String {
    let stats = engine.stats
    var page = MetricsPage()
    page.gauge(
      "sandrun_jobs", "Jobs that the node keeps, by state.",
      JobState.allCases.map { ("state=\"\($0.rawValue)\"", stats.jobs[$0] ?? 0) })
    page.counter("sandrun_jobs_accepted_total", "Jobs accepted since the start.", stats.accepted)
    page.counter("sandrun_jobs_started_total", "Starts of jobs since the start.", stats.started)
    page.counters(
      "sandrun_jobs_finished_total", "Jobs over since the start, by how they ended.",
      JobState.allCases.filter(\.isFinal).map {
        ("state=\"\($0.rawValue)\"", stats.finished[$0] ?? 0)
      })
    page.counter("sandrun_workers_total", "Workers started since the start.", stats.workers)
    page.gauge("sandrun_concurrency", "Jobs that may run at once.", stats.concurrency)
    page.gauge("sandrun_queue_limit", "Jobs that may wait.", stats.maxQueued)
    page.gauge(
      "sandrun_draining", "Whether no job is accepted any more.", stats.isDraining ? 1 : 0)
    page.gauge("sandrun_content_bytes", "Bytes of content on disk.", stats.contentBytes)
    page.gauge("sandrun_log_bytes", "Bytes of job output on disk.", stats.logBytes)
    page.gauge("sandrun_disk_free_bytes", "Bytes free on the disk.", stats.freeBytes)
    if let pool = options.pool {
      page.gauge(
        "sandrun_registry_nodes", "Nodes that can be found here.", (try? pool.count()) ?? 0)
    }
    page.gauge("sandrun_http_connections", "Open connections.", connections.open)
    page.counter(
      "sandrun_http_connections_refused_total", "Connections turned away: too many were open.",
      connections.refused)
    page.counters(
      "sandrun_http_responses_total", "Answers since the start, by status.",
      traffic.answers.map { ("status=\"\($0.status)\"", $0.count) })
    page.counter(
      "sandrun_http_received_bytes_total", "Bytes of uploads since the start.",
      traffic.receivedBytes)
    return page.text
  }
}

/// Text in Prometheus' exposition format.
private struct MetricsPage {
  private(set) var text = ""

  mutating func gauge(_ name: String, _ help: String, _ value: Int) {
    family(name, "gauge", help, [("", value)])
  }

  mutating func gauge(_ name: String, _ help: String, _ values: [(labels: String, value: Int)]) {
    family(name, "gauge", help, values)
  }

  mutating func counter(_ name: String, _ help: String, _ value: Int) {
    family(name, "counter", help, [("", value)])
  }

  mutating func counters(
    _ name: String, _ help: String, _ values: [(labels: String, value: Int)]
  ) {
    family(name, "counter", help, values)
  }

  private mutating func family(
    _ name: String, _ type: String, _ help: String, _ values: [(labels: String, value: Int)]
  ) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    for (labels, value) in values {
      text += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(value)\n"
    }
  }
}
