#!/usr/bin/env bash
# Nodes that claim by themselves: `. $CHECKOUT/Tests/Support/claim.sh`, which is market.sh and
#
#   serves NAME [option…]   NAME's `sr-node serve --claim`, on the port that it had before, if it had one; ready when this returns
#   enlists NAME            NAME becomes a node at the endpoint of its server
#   ends NAME, dies NAME    SIGTERM, and waits for the end; SIGKILL
#   deposits NAME FILE [CLAIM COMMIT OPEN CHALLENGE]
#                           NAME posts the job of the record in FILE, with these windows in seconds, for 2 of 3 nodes, or
#                           QUORUM of SLOTS; the record goes to job.jsonl, its id on the chain to job
#   undoes BLOCK BRANCH     replaces all blocks from one on by a branch, and forgets every transaction that waited
#   offers                  hands the job to the registered nodes; the record goes to run.jsonl
#   mine                    the node's own id of the job
#   at NAME PATH            what NAME answers to a request
#   until_ COMMAND…         runs it until it succeeds, for four minutes at most
#   stage NUMBER            whether the job has come to this status on the chain
#   said NAME TEXT          whether NAME's server has told people so
#   held NAME, over NAME [JOBS], shown NAME STATE
#                           whether NAME's node holds the job for its claim; has run it, or so many in all, whatever it
#                           shows; shows it so
#   rows NAME SQL           what the database of NAME's node says
#   committed NAME, claimed NAME
#                           whether NAME has a commitment to the job on the chain, a claim of it
#
# A server that is forgotten ends by itself after fifteen minutes.

. "$CHECKOUT/Tests/Support/market.sh"

serves() {
  local name=$1 folder=$WORK/$1 port=0 watch
  shift
  if [ -e "$folder/endpoint" ]; then port=$(sed 's/.*://' "$folder/endpoint"); fi
  rm -f "$folder/ready.jsonl" "$folder/pid"
  (
    as "$name" setsid timeout --signal=KILL 900 \
      sr-node serve --listen "127.0.0.1:$port" --claim --confirmations 1 "$@" </dev/null >"$folder/ready.jsonl" 2>>"$folder/errors"
  ) &
  watch=$!
  for _ in $(seq 1200); do
    if [ -s "$folder/ready.jsonl" ]; then
      jq -r .node.endpoint "$folder/ready.jsonl" >"$folder/endpoint"
      # The server is the one process whose standard output that file is, and that is not its watch.
      for process in /proc/[0-9]*; do
        if [ "$(readlink "$process/fd/1" 2>/dev/null)" = "$folder/ready.jsonl" ] &&
          [ "$(tr '\0' ' ' <"$process/cmdline" 2>/dev/null | cut -d ' ' -f 1-2)" = "sr-node serve" ]; then
          basename "$process" >"$folder/pid"
        fi
      done
      [ -s "$folder/pid" ] && return 0
    fi
    kill -0 "$watch" 2>/dev/null || break
    sleep 0.05
  done
  echo "claim.sh: the node of $name did not become ready:" >&2
  cat "$folder/errors" >&2
  return 1
}

enlists() {
  does "$1" NodeRegistry.register "$(who "$1")" "$(cat "$WORK/$1/endpoint")" bafkqaaa --value 0.5ETH
}

ends() { kill "$(cat "$WORK/$1/pid")" && gone "$1"; }
dies() { kill -9 "$(cat "$WORK/$1/pid")" && gone "$1"; }

gone() {
  for _ in $(seq 2400); do
    kill -0 "$(cat "$WORK/$1/pid")" 2>/dev/null || return 0
    sleep 0.05
  done
  echo "claim.sh: the node of $1 does not end" >&2
  return 1
}

deposits() { # deposits NAME FILE [CLAIM COMMIT OPEN CHALLENGE]
  local name=$1 file=$2 windows="${3:-600},${4:-1200},${5:-600},${6:-600}" specification payment
  as "$name" sr-ipfs add <"$file" >"$WORK/job.jsonl" || return 1
  specification=0x$(as "$name" sr-ipfs cat "$(jq -r .code.spec "$WORK/job.jsonl")" | sha256sum | cut -c 1-64)
  payment=$(jq -r .job.payment.amount "$WORK/job.jsonl")
  ask JobMarketplace.jobIdOf "$(who "$name")" "0x$(jq -r .job.id "$WORK/job.jsonl")" "$specification" >"$WORK/job"
  JOB=$(cat "$WORK/job")
  echo "$name" >"$WORK/poster"
  does "$name" JobMarketplace.submitJob "0x$(jq -r .job.id "$WORK/job.jsonl")" "$specification" \
    "$(jq -r .code.cid "$WORK/job.jsonl")" "${SLOTS:-3}" "${QUORUM:-2}" 100000000000000000 "[$windows]" "0x${ZERO:26}" "$payment" --value "$payment"
}

undoes() {
  local head
  sr-chain rpc evm_setIntervalMining 0 >/dev/null
  head=$(printf '%d' "$(sr-chain rpc eth_blockNumber | jq -r .result)")
  curl -sS --fail --max-time 60 -H 'Content-Type: application/json' "$SANDRUN_ETH_RPC" --data \
    "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"dev_reorg\",\"params\":[$((head - $1 + 1)),$2]},{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"dev_dropPool\",\"params\":[]}]" |
    jq -e 'all(has("result"))' >/dev/null && sr-chain rpc evm_setIntervalMining 1 >/dev/null
}

offers() {
  jq -c --arg job "$JOB" --argjson chain "$(chain_id)" --arg contract "$(address_of JobMarketplace)" \
    --arg verifier "$(address_of ConsensusManager)" \
    '.escrow = {jobId: $job, chainId: $chain, contract: $contract, verifier: $verifier}' "$WORK/job.jsonl" |
    as "$(cat "$WORK/poster")" sr-job submit --timeout 60s >"$WORK/run.jsonl"
}

mine() { cut -c 3-34 "$WORK/job"; }
at() { curl -sS --max-time 60 "$(cat "$WORK/$1/endpoint")$2"; }

until_() {
  for _ in $(seq 240); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.5
  done
  echo "claim.sh: in vain: $*" >&2
  tail -n 20 "$WORK"/*/errors >&2
  return 1
}

stage() { [ "$(ask ConsensusManager.status "$JOB")" = "$1" ]; }
said() { grep -q -- "$2" "$WORK/$1/errors"; }
claimed() { [ "$(sr-chain call JobMarketplace.claims "$JOB" "$(who "$1")" | jq -r '.result[0][3]')" = true ]; }
committed() { [ "$(ask ProofVerification.commitments "$JOB" "$(who "$1")")" != "$ZERO" ]; }
held() { [ "$(at "$1" "/status/$(mine)" | jq -r .status)" = queued ]; }
shown() { [ "$(at "$1" "/status/$(mine)" | jq -r .status)" = "$2" ]; }
over() {
  [ "$(rows "$1" 'SELECT count(*) FROM jobs WHERE finished IS NOT NULL')" = "${2:-1}" ]
}
rows() {
  python3 -c '
import sqlite3, sys
for row in sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True).execute(sys.argv[2]):
    print(*row)' "$WORK/$1/state/sandrun/serve/jobs.sqlite" "$2"
}
