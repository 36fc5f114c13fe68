#!/usr/bin/env bash
# Start and stop a node for a test: its own HOME, key and port, in the folder NAME of the script's work folder.
#
#   node.sh start NAME [option…]    writes NAME/endpoint, NAME/address and NAME/pid once it is ready
#   node.sh again NAME [option…]    the same node once more, on the same port
#   node.sh stop NAME               SIGTERM, and waits for the end
#   node.sh kill NAME               SIGKILL
#
# A node that is forgotten ends by itself after fifteen minutes.
set -euo pipefail

verb=$1
name=$2
shift 2
folder=$WORK/$name

serve() { # serve PORT [option…]
  local port=$1
  shift
  (
    cd "$folder"
    export HOME=$folder/home SANDRUN_PASSPHRASE_FILE=$folder/pass
    unset XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME SANDRUN_ENDPOINT
    exec setsid env --default-signal=HUP timeout --signal=KILL 900 \
      sr-node serve --listen "127.0.0.1:$port" "$@" </dev/null >ready.jsonl 2>>errors
  ) &
  local watch=$!
  for _ in $(seq 600); do
    if [ -s "$folder/ready.jsonl" ]; then
      tr -d ' ' <"/proc/$watch/task/$watch/children" >"$folder/pid"
      jq -r .node.endpoint "$folder/ready.jsonl" >"$folder/endpoint"
      jq -r .node.address "$folder/ready.jsonl" >"$folder/address"
      return 0
    fi
    if ! kill -0 "$watch" 2>/dev/null; then break; fi
    sleep 0.05
  done
  echo "node.sh: $name did not become ready:" >&2
  cat "$folder/errors" >&2
  return 1
}

gone() {
  for _ in $(seq 600); do
    kill -0 "$(cat "$folder/pid")" 2>/dev/null || return 0
    sleep 0.05
  done
  echo "node.sh: $name does not end" >&2
  return 1
}

case $verb in
  start)
    mkdir -p "$folder/home"
    (umask 077 && echo 'correct horse' >"$folder/pass")
    HOME=$folder/home SANDRUN_PASSPHRASE_FILE=$folder/pass sr-chain key new --light >/dev/null
    : >"$folder/errors"
    serve 0 "$@"
    ;;
  again)
    rm -f "$folder/ready.jsonl" "$folder/pid"
    serve "$(sed 's/.*://' "$folder/endpoint")" "$@"
    ;;
  stop)
    kill "$(cat "$folder/pid")"
    gone
    ;;
  kill)
    kill -9 "$(cat "$folder/pid")"
    gone
    ;;
  *)
    echo "node.sh: no verb $verb" >&2
    exit 64
    ;;
esac
