#!/bin/sh
# Lint the man pages named as arguments: no warning is let through.
set -eu

for page in "$@"; do
  # mandoc cannot know pages of ours that are not installed.
  complaints=$(mandoc -T lint -W warning "$page" | grep -v 'referenced manual not found' || true)
  if [ -n "$complaints" ]; then
    echo "$complaints" >&2
    exit 1
  fi
done
