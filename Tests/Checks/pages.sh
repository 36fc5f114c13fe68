#!/bin/sh
# Lint the man pages named as arguments: no warning is let through.
set -eu

command -v mandoc >/dev/null || {
  echo "pages.sh: error: mandoc is not installed" >&2
  exit 69
}
for page in "$@"; do
  # mandoc cannot know pages of ours that are not installed.
  complaints=$(mandoc -T lint -W warning "$page" | grep -v 'referenced manual not found' || true)
  if [ -n "$complaints" ]; then
    echo "$complaints" >&2
    exit 1
  fi
done
