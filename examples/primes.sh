#!/bin/sh
# Write the primes up to a bound (by default 100) to primes.txt, one a line.
set -eu

bound=${1:-100}
case $bound in
'' | *[!0-9]*)
  echo "usage: primes.sh [BOUND]" >&2
  exit 64
  ;;
esac

candidate=2
: >primes.txt
while [ "$candidate" -le "$bound" ]; do
  divisor=2
  prime=yes
  while [ $((divisor * divisor)) -le "$candidate" ]; do
    if [ $((candidate % divisor)) -eq 0 ]; then
      prime=no
      break
    fi
    divisor=$((divisor + 1))
  done
  if [ "$prime" = yes ]; then echo "$candidate" >>primes.txt; fi
  candidate=$((candidate + 1))
done
echo "$(wc -l <primes.txt) primes up to $bound"
