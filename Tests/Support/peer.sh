#!/usr/bin/env bash
# Start and stop a server of Tests/Proxy or Tests/Peers for a script.
#
#   peer.sh start NAME SCRIPT [option…]   writes $WORK/NAME.port once it is ready
#   peer.sh stop NAME
#
# One that is forgotten ends by itself.
set -euo pipefail

verb=$1
name=$WORK/$2
shift 2

case $verb in
  start)
    script=$CHECKOUT/Tests/$1
    shift
    rm -f "$name.port"
    setsid python3 "$script" "$@" </dev/null >"$name.port" 2>>"$name.errors" &
    echo $! >"$name.pid"
    for _ in $(seq 3000); do
      if [ -s "$name.port" ]; then exit 0; fi
      if ! kill -0 "$(cat "$name.pid")" 2>/dev/null; then break; fi
      sleep 0.02
    done
    echo "peer.sh: $script did not become ready:" >&2
    cat "$name.errors" >&2
    exit 1
    ;;
  stop)
    kill "$(cat "$name.pid")"
    ;;
  *)
    echo "peer.sh: no verb $verb" >&2
    exit 64
    ;;
esac
