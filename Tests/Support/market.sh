#!/usr/bin/env bash
# The marketplace contracts for a script test: `. $CHECKOUT/Tests/Support/market.sh`, which is chain.sh and
#
#   market start             a chain with a block a second, and the four contracts, put there by dev0
#   party NAME [ETH]         someone with a HOME, XDG folders and a key of its own, who knows the contracts; the chain's
#                            first account gives him so much (2); where PARTY_UIDS is set, a uid of his own besides
#   token FILE ARGUMENT…     puts a token of the contracts' tests on the chain, known to all by the name Token
#   as NAME COMMAND…         runs a command as NAME
#   does NAME CONTRACT.METHOD ARGUMENT…
#                            NAME sends a transaction, and it succeeds: the record goes to NAME/done.jsonl
#   each "NAME…" COMMAND…    the command for all of them at once; {} stands for the name
#   registers NAME [URL]     NAME becomes a node, with half an ether at stake, for the owner in NAME/owner, or for itself
#   posts NAME FILE NODES QUORUM BOND WINDOWS
#                            NAME posts the job of the record in FILE, which gets its escrow; 3000 wei are in it
#   until_done NAME VERB IN OUT
#                            NAME runs sr-chain VERB on the file IN, killed at random moments, until it ends by itself
#   ask CONTRACT.METHOD ARGUMENT…
#                            what a contract says, the first value
#   who NAME                 NAME's address
#   holds NAME               what NAME's account has, in wei
#   paid NAME                what NAME has paid so far for gas and sent along, in wei
#   accounts "NAME AMOUNT"…  whether each has what it was given, less what it paid, and so much more
#   now, later SECONDS       the time on the chain; lets so much go by
#   keccak HEX               keccak256 of bytes
#   salt NAME JOB            NAME's salt for a job, out of the secret in NAME/secret
#   commitment NAME JOB HASH CID
#                            computed here, with no node asked
#   opening NAME JOB HASH ROOT
#                            the typed data that NAME signs of its result
#   commits NAME JOB HASH CID, opens NAME JOB HASH CID [ROOT]
#                            sends a commitment; signs and opens it. The HASH $ZERO: could not run
#   told FILE                the records of `sr-chain events` in words; of one phase in the order of the names
#   signed FILE              each opening among them as sr-chain verify takes it
#
# JOB is the job whose identity is in the file job, ZERO a hash that is none. Amounts are below 9 ETH, so that bash can
# count them.

. "$CHECKOUT/Tests/Support/chain.sh"

export CONTRACTS="NodeRegistry JobMarketplace ProofVerification ConsensusManager"
ZERO=0x$(printf '%064d' 0)
export JOB
JOB=
if [ -e "$WORK/job" ]; then JOB=$(cat "$WORK/job"); fi

market() {
  chain start --block-time 1 &&
    sr-chain deploy --all --minimum-stake 0.1ETH --unbonding 10m --timeout 60s >"$WORK/market.jsonl" || return 1
  mkdir "$WORK/contracts-known" && known
}

known() {
  sr-chain contract list | jq -r '.contract | "\(.name) \(.address)"' | while read -r name address; do
    echo "$address" >"$WORK/contracts-known/$name"
  done
}

as() {
  local home=$WORK/$1 uid
  shift
  if [ -e "$home/uid" ]; then
    uid=$(cat "$home/uid")
    set -- setpriv "--reuid=$uid" "--regid=$uid" --clear-groups "$@"
  fi
  HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_STATE_HOME=$home/state \
    SANDRUN_KEY=main SANDRUN_PASSPHRASE_FILE=$home/passphrase "$@"
}

party() {
  local home=$WORK/$1 uid
  mkdir -p "$home/config/sandrun"
  : >"$home/done.jsonl"
  (umask 077 && openssl rand -hex 16 >"$home/passphrase" && openssl rand -hex 32 >"$home/secret")
  cp -r "$HOME/.config/sandrun/contracts" "$home/config/sandrun/" || return 1
  if [ -n "${PARTY_UIDS:-}" ] && [ "$(id -u)" -eq 0 ]; then
    uid=$((PARTY_UIDS + $(printf '%s' "$1" | cksum | cut -d ' ' -f 1) % 1000))
    chmod 700 "$home" && echo "$uid" >"$home/uid" && chown -R "$uid:$uid" "$home" || return 1
  fi
  as "$1" sr-chain key new --light main | jq -r .key.address >"$home/address" || return 1
  sr-chain send "$(who "$1")" --value "${2:-2}ETH" --wait --timeout 60s | jq -r .tx.value >"$WORK/$1/given"
}

token() {
  local artefact=$CHECKOUT/contracts/tests/market/tokens/$1 file
  shift
  sr-chain deploy "$artefact" "$@" --wait --timeout 60s --name Token --replace >/dev/null && known || return 1
  for file in "$WORK"/*/address; do
    as "$(basename "$(dirname "$file")")" sr-chain contract add --abi "$artefact" --replace Token \
      "$(address_of Token)" >/dev/null || return 1
  done
}

address_of() { cat "$WORK/contracts-known/$1"; }

does() {
  local name=$1
  shift
  as "$name" sr-chain send "$@" --wait --timeout 60s >"$WORK/$name/last.jsonl" &&
    cat "$WORK/$name/last.jsonl" >>"$WORK/$name/done.jsonl"
}

registers() {
  does "$1" NodeRegistry.register "$(cat "$WORK/$1/owner" 2>/dev/null || who "$1")" "${2:-https://$1.example}" bafkqaaa \
    --value 0.5ETH
}

posts() {
  local id spec job
  id=0x$(jq -r .job.id "$2")
  spec=0x$(sr-ipfs cat "$(jq -r .code.spec "$2")" | sha256sum | cut -c 1-64)
  job=$(ask JobMarketplace.jobIdOf "$(who "$1")" "$id" "$spec")
  does "$1" JobMarketplace.submitJob "$id" "$spec" "$(jq -r .code.cid "$2")" "$3" "$4" "$5" "$6" "0x${ZERO:26}" 3000 \
    --value 3000 || return 1
  jq -c --arg job "$job" --argjson chain "$(chain_id)" --arg contract "$(address_of JobMarketplace)" \
    --arg verifier "$(address_of ConsensusManager)" --arg submitter "$(who "$1")" --argjson nodes "$3" \
    --argjson quorum "$4" --arg bond "$5" --argjson windows "$6" --slurpfile sent "$WORK/$1/last.jsonl" '
    .escrow = {jobId: $job, chainId: $chain, contract: $contract, verifier: $verifier, submitter: $submitter,
      nodes: $nodes, quorum: $quorum, payment: "3000", token: "ETH", bond: $bond,
      windows: ([["claim", "commit", "open", "challenge"], $windows] | transpose |
        map({key: .[0], value: .[1]}) | from_entries),
      tx: $sent[0].receipt.transactionHash, block: $sent[0].receipt.blockNumber}' "$2" >"$2.posted" &&
    mv "$2.posted" "$2"
}

each() {
  local names=$1 name pid pids=() status=0
  shift
  for name in $names; do
    "${@//\{\}/$name}" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || status=1; done
  return "$status"
}

ask() { sr-chain call "$@" | jq -r '.result[0]'; }
who() { cat "$WORK/$1/address"; }
holds() { sr-chain balance "$(who "$1")" | jq -r .balance; }

paid() {
  local gas price value sum=0
  while read -r gas price value; do sum=$((sum + gas * price + value)); done < <(
    jq -r '"\(.receipt.gasUsed) \(.receipt.effectiveGasPrice) \(.tx.value)"' "$WORK/$1/done.jsonl"
  )
  echo "$sum"
}

accounts() {
  local row name due
  for row; do
    name=${row% *}
    due=$(($(cat "$WORK/$name/given") - $(paid "$name") + ${row#* }))
    if [ "$due" = "$(holds "$name")" ]; then echo "$row to the wei"; else echo "$row, which makes $due"; fi
  done
}

now() { sr-chain rpc eth_getBlockByNumber latest false | jq -r .result.timestamp | xargs printf '%d\n'; }
later() { sr-chain rpc evm_increaseTime "$1" >/dev/null && sr-chain rpc evm_mine >/dev/null; }

# The topic of an indexed parameter of bytes is their hash.
keccak() { sr-chain encode --event 'Hash(bytes indexed content)' "$1" | jq -r '.log.topics[1]'; }

salt() {
  sr-chain encode '(uint256,address,bytes32)' "$(chain_id)" "$(address_of JobMarketplace)" "$2" | jq -r .data |
    python3 -c '
import hashlib, hmac, sys
secret = bytes.fromhex(open(sys.argv[1]).read())
print("0x" + hmac.new(secret, bytes.fromhex(sys.stdin.read().strip()[2:]), hashlib.sha256).hexdigest())
' "$WORK/$1/secret"
}

chain_id() { jq -r .chain.chainId "$CHAIN/ready.jsonl"; }

commitment() {
  keccak "$(sr-chain encode '(bytes32,address,bytes32,string,bytes32)' \
    "$2" "$(who "$1")" "$3" "$4" "$(salt "$1" "$2")" | jq -r .data)"
}

# The typed data of a Result, for jq.
# shellcheck disable=SC2016
RESULT='
  def members: [to_entries[] | {name: .key, type: .value}];
  def result($job; $node; $hash; $root): {
    types: {
      EIP712Domain: ({name: "string", version: "string", chainId: "uint256", verifyingContract: "address"} | members),
      Result: ({jobId: "bytes32", node: "address", resultHash: "bytes32", traceRoot: "bytes32"} | members)},
    primaryType: "Result",
    domain: {name: "Sandrun", version: "1", chainId: $chain, verifyingContract: $contract},
    message: {jobId: $job, node: $node, resultHash: $hash, traceRoot: $root}};'

opening() {
  jq -nc --argjson chain "$(chain_id)" --arg contract "$(address_of ConsensusManager)" --arg node "$(who "$1")" \
    --arg job "$2" --arg hash "$3" --arg root "$4" "$RESULT"'{typedData: result($job; $node; $hash; $root)}'
}

commits() { does "$1" ProofVerification.submitProof "$2" "$(commitment "$@")"; }

opens() {
  local accept=true root=${5:-$ZERO} signature
  [ "$3" != "$ZERO" ] || accept=false
  signature=$(opening "$1" "$2" "$3" "$root" | as "$1" sr-chain sign --typed-data | jq -r .signature) &&
    does "$1" ConsensusManager.submitVote "$2" "$accept" "$3" "$4" "$root" "$(salt "$1" "$2")" "$signature"
}

told() {
  local file
  for file in "$WORK"/*/address; do
    echo "{\"$(cat "$file")\": \"$(basename "$(dirname "$file")")\"}"
  done | jq -sc add >"$WORK/names"
  jq -r --slurpfile names "$WORK/names" --arg right "$(cat "$WORK/right" 2>/dev/null)" \
    --arg wrong "$(cat "$WORK/wrong" 2>/dev/null)" -f "$CHECKOUT/Tests/Support/told.jq" -n "$1"
}

signed() {
  jq -c --argjson chain "$(chain_id)" --arg contract "$(address_of ConsensusManager)" "$RESULT"'
    .log | select(.event | startswith("VoteSubmitted")).args |
    {signature: .[7], signer: .[1], typedData: result(.[0]; .[1]; .[2]; .[6])}' "$1"
}

until_done() { # until_done NAME VERB IN OUT: kills the verb at random moments, and feeds it again, until it ends by itself
  local in=$3 turn seconds status
  [ -e "$WORK/$1/$in" ] && in=$1/$in
  for turn in 1 2 3 4 5 6; do
    seconds=120
    [ "$turn" -gt 5 ] || seconds=$((turn / 4)).$((RANDOM % 9 + 1))
    status=0
    # It is the verb that is killed: a background job would be no more than the shell around it.
    as "$1" timeout --signal=KILL "$seconds" sr-chain "$2" --timeout 100s \
      <"$WORK/$in" >"$WORK/$1/$4" 2>"$WORK/$1/$2.errors" || status=$?
    [ "$status" != 0 ] || [ ! -s "$WORK/$1/$4" ] || return 0
    [ "$status" = 137 ] || break
  done 2>/dev/null
  cat "$WORK/$1/$2.errors" >&2
  return 1
}
