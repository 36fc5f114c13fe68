#!/usr/bin/env bash
# Streams of events for a script test: `. $CHECKOUT/Tests/Support/events.sh`, which is chain.sh and
#
#   till                     deploys contracts/tests/Till.json, and signs payments into it
#   rpc METHOD [JSON…]       calls the node; prints the result
#   pay COUNT                puts the next so many payments into a block each (`pay COUNT keep`: into the pool)
#   follow NAME [option…]    starts `sr-chain events Till.Paid --follow`: NAME.jsonl, NAME.errors, NAME.pid
#   unfollow NAME [SIGNAL]   ends it, and waits for its end
#   truth                    prints the keys blockHash:logIndex of all payments in the chain
#   net FILE…                prints the keys that are left of what streams wrote; fails where one was removed that was not
#                            there, unless AGAIN is set: then lines may have been repeated
#   kills COUNT              starts a stream with the cursor kept.cursor so often, and kills each at some moment: kept.jsonl
#   settled NAME             waits until a stream has written what is in the chain
#   still FILE               whether a file has something, and stays as it is for a second
#   until_true COMMAND…      waits until a command succeeds
#
# A stream that is forgotten ends by itself after fifteen minutes.

. "$CHECKOUT/Tests/Support/chain.sh"

rpc() {
  local method=$1 params
  shift
  params=$(IFS=, && echo "$*")
  curl -sS --max-time 60 -H 'Content-Type: application/json' \
    -d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$method\",\"params\":[$params]}" "$SANDRUN_ETH_RPC" |
    jq -c 'if .error then (.error | tojson | halt_error(1)) else .result end'
}

till() {
  sr-chain deploy "$CHECKOUT/contracts/tests/Till.json" 7 --wait --name Till >till.jsonl || return 1
  jq -nc 'range(300) | {"tx":{"to":"Till","function":"pay","args":["n\(.)"],"value":"1","nonce":(. + 1),
    "gas":200000,"maxFeePerGas":"100gwei","maxPriorityFeePerGas":"1gwei"}}' |
    sr-chain build | sr-chain sign | jq -c .tx.raw >pay.raw
  echo 0 >pay.next
}

pay() {
  local i raw next
  for ((i = 0; i < $1; i++)); do
    next=$(($(cat pay.next) + 1))
    raw=$(sed -n "${next}p" pay.raw)
    rpc eth_sendRawTransaction "$raw" || return 1
    echo "$next" >pay.next
    [ "${2:-}" = keep ] || rpc evm_mine >/dev/null || return 1
  done >>pay.hashes
}

follow() {
  local name=$1 watch
  shift
  setsid timeout --signal=KILL 900 sr-chain events Till.Paid --follow "$@" \
    </dev/null >"$name.jsonl" 2>"$name.errors" &
  watch=$!
  until_true grep -q . "/proc/$watch/task/$watch/children" || return 1
  tr -d ' ' <"/proc/$watch/task/$watch/children" >"$name.pid"
}

unfollow() {
  local pid
  pid=$(cat "$1.pid")
  kill "-${2:-TERM}" "$pid" && until_true eval "! kill -0 $pid 2>/dev/null"
}

truth() {
  rpc eth_getLogs "{\"fromBlock\":\"0x0\",\"address\":$(jq .contract.address till.jsonl),\"topics\":[\"0x301e53e15e76435e17105dd850449ba166cf4c46826c93a338cb73191b5a7420\"]}" |
    jq -r 'def number: reduce (.[2:] | explode[]) as $digit
        (0; . * 16 + if $digit > 96 then $digit - 87 else $digit - 48 end);
      .[] | "\(.blockHash):\(.logIndex | number)"' | sort
}

net() {
  cat "$@" | jq -nr --arg again "${AGAIN:-}" 'reduce (inputs | .log) as $log ({};
    "\($log.blockHash):\($log.logIndex)" as $key |
    if $log.removed | not then .[$key] = 1
    elif has($key) or $again != "" then del(.[$key])
    else "removed, but was not there: \($key)\n" | halt_error(1) end) | keys[]' | sort
}

settled_now() { truth >"$1.truth" && net "$1.jsonl" >"$1.net" 2>/dev/null && cmp -s "$1.truth" "$1.net"; }

settled() {
  until_true settled_now "$1" && return 0
  echo "events.sh: $1 does not tell what is in the chain:" >&2
  diff "$1.truth" "$1.net" >&2
  tail -n 5 "$1.errors" >&2
  return 1
}

kills() {
  local i ms
  for ((i = 0; i < $1; i++)); do
    ms=$((50 + RANDOM % 1000))
    timeout --signal=KILL "$((ms / 1000)).$(printf %03d $((ms % 1000)))" \
      sr-chain events Till.Paid --follow --from 0 --cursor kept.cursor "${@:2}" >run.jsonl 2>>kept.errors
    # A line that was cut off was not written.
    head -n "$(wc -l <run.jsonl)" run.jsonl >>kept.jsonl
  done
}

still() {
  local before
  before=$(wc -c <"$1")
  sleep 1
  [ "$before" -gt 0 ] && [ "$(wc -c <"$1")" = "$before" ]
}

until_true() {
  for _ in $(seq 900); do
    if "$@"; then return 0; fi
    sleep 0.1
  done
  echo "events.sh: never true: $*" >&2
  return 1
}
