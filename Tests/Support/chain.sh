#!/usr/bin/env bash
# A development chain for a script test: `. $CHECKOUT/Tests/Support/chain.sh`, then
#
#   chain start [option…]   starts `sr-chain dev` on a free port with the keys dev0 … dev9 imported
#   chain again [option…]   the same once more, on the same port
#   chain stop              SIGTERM, and waits for the end
#   chain kill              SIGKILL
#
# Each line of a script test is a shell of its own: source it in every line, which also sets SANDRUN_ETH_RPC (and
# CHAIN_WS) of the chain that runs, SANDRUN_KEY=dev0 and SANDRUN_PASSPHRASE_FILE. CHAIN_ENGINE names another engine.
# A chain that is forgotten ends by itself after fifteen minutes, or CHAIN_SECONDS.

CHAIN=$WORK/${CHAIN_NAME:-chain}

chain_use() {
  export SANDRUN_KEY=${SANDRUN_KEY:-dev0} SANDRUN_PASSPHRASE_FILE=$WORK/chain-pass
  [ -e "$SANDRUN_PASSPHRASE_FILE" ] || (umask 077 && echo 'worth nothing' >"$SANDRUN_PASSPHRASE_FILE")
  if [ -s "$CHAIN/ready.jsonl" ]; then
    SANDRUN_ETH_RPC=$(jq -r .chain.endpoint "$CHAIN/ready.jsonl")
    CHAIN_WS=$(jq -r .chain.ws "$CHAIN/ready.jsonl")
    export SANDRUN_ETH_RPC CHAIN_WS
  fi
}

chain_run() { # chain_run PORT [option…]
  local port=$1 watch
  shift
  mkdir -p "$CHAIN"
  rm -f "$CHAIN/ready.jsonl" "$CHAIN/pid"
  (
    unset SANDRUN_ETH_RPC SANDRUN_KEY
    export SANDRUN_LIBEXEC=${SANDRUN_LIBEXEC:-$CHECKOUT/contracts}
    exec setsid timeout --signal=TERM --kill-after=30 "${CHAIN_SECONDS:-900}" \
      sr-chain dev --port "$port" --import --light --engine "${CHAIN_ENGINE:-devchain}" "$@" </dev/null >"$CHAIN/ready.jsonl" 2>>"$CHAIN/errors"
  ) &
  watch=$!
  for _ in $(seq 1200); do
    if [ -s "$CHAIN/ready.jsonl" ]; then
      tr -d ' ' <"/proc/$watch/task/$watch/children" >"$CHAIN/pid"
      chain_use
      return 0
    fi
    kill -0 "$watch" 2>/dev/null || break
    sleep 0.05
  done
  echo "chain.sh: the chain did not become ready:" >&2
  cat "$CHAIN/errors" >&2
  return 1
}

chain_gone() {
  local pid
  pid=$(cat "$CHAIN/pid")
  for _ in $(seq 1200); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.05
  done
  echo "chain.sh: the chain does not end" >&2
  return 1
}

chain() {
  local verb=$1
  shift
  case $verb in
    start) chain_run 0 "$@" ;;
    again) chain_run "${SANDRUN_ETH_RPC##*:}" "$@" ;;
    stop) kill "$(cat "$CHAIN/pid")" && chain_gone ;;
    kill) kill -9 "$(cat "$CHAIN/pid")" && chain_gone ;;
    *)
      echo "chain.sh: no verb $verb" >&2
      return 64
      ;;
  esac
}

chain_use
