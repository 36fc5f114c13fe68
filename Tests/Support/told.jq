# What the logs of one job say, in words, for `told` of market.sh. What several nodes do in one phase comes in no certain order,
# so it is told in that of their names.

def name: $names[0][.] // (if . == "0x000000000000000000000000000000000000dEaD" then "nobody" else . end);
def hash: if . == $right then "right" elif . == $wrong then "wrong" elif . == "0x" + "0" * 64 then "nothing" else . end;
def bond($node; $amount): "\($node): bond of \($amount) ";

[inputs.log | . + {event: (.event | sub("\\(.*"; ""))}] as $logs |
($logs | map(select(.event == "JobClaimed").args | {(.[2]): (.[1] | name)}) | add // {}) as $operators |
[$logs[] | .event as $event | .args as $a |
  if $event == "JobSubmitted" then
    [0, "\($a[1] | name) posts: \($a[6]) of \($a[5]) for \($a[10]), \($a[7]) at stake"]
  elif $event == "EscrowAdded" then [1, "\($a[1] | name) adds \($a[2])"]
  elif $event == "JobClaimed" then [10 * ($a[3] | tonumber) + 2, "\($a[1] | name) claims"]
  elif $event == "ClaimExpired" then [10 * ($a[2] | tonumber) + 3, "\($a[1] | name) is too late"]
  elif $event == "ProofSubmitted" then [10 * ($a[2] | tonumber) + 4, "\($a[1] | name) commits"]
  elif $event == "VoteSubmitted" then [10 * ($a[4] | tonumber) + 5, "\($a[1] | name) opens \($a[2] | hash)"]
  elif $event == "JobSettled" then [10 * ($a[1] | tonumber) + 6, "settled: \($a[2] | hash) by \($a[3])"]
  elif $event == "ResultChallenged" then [9, "\($a[1] | name) challenges with \($a[3]), \($a[4]) nodes"]
  elif $event == "StakeFreed" then
    [20, bond($operators[$a[0]]; $a[2]) + ["", "free, agreed", "free", "free, could not run", "free, no verdict"][$a[3] | tonumber]]
  elif $event == "NodeSlashed" then
    [20, bond($operators[$a[0]]; $a[3]) + "lost, \($a[4]) burned, " +
      ["", "not committed", "not opened", "another result"][$a[5] | tonumber]]
  elif $event == "PaymentReleased" then
    [30, "\($a[1] | name) gets \($a[3]) " + ["", "as node", "as checker", "as submitter", "of the bond", "for the bond",
      "burned", "of losers"][$a[4] | tonumber]]
  elif $event == "JobCompleted" then [40, "\(if $a[2] then "paid: \($a[1] | hash)" else "refunded" end)"]
  else empty end] | sort[] | .[1]
