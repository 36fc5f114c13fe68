#!/bin/sh
# Install the Debian packages named as arguments that are missing, through sudo where we are not root.
set -eu

missing=
for package in "$@"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || state=
  if [ "$state" != installed ]; then missing="$missing $package"; fi
done
if [ -z "$missing" ]; then exit 0; fi

echo "installing:$missing" >&2
if [ "$(id -u)" -eq 0 ]; then
  as_root=
elif command -v sudo >/dev/null; then
  as_root=sudo
else
  echo "packages.sh: error: cannot install$missing: neither root nor sudo" >&2
  exit 77
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update --quiet --quiet
# shellcheck disable=SC2086 # a list of names, and sudo or nothing
$as_root apt-get install --quiet --quiet --yes --no-install-recommends $missing >/dev/null
