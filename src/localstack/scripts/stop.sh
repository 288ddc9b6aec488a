#!/usr/bin/env bash
# Stops the LocalStack that start.sh started, with all its child processes. Succeeds if none is running.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
pid_file=${UNDERRET_CACHE:-$root/.cache}/localstack/pid
[ -f "$pid_file" ] || exit 0
pid=$(cat "$pid_file")
rm -f "$pid_file"
# Another process may have this pid by now, so check that it is LocalStack. LocalStack leads its own process group.
grep -q localstack "/proc/$pid/cmdline" 2> /dev/null || exit 0
kill -TERM "$pid" 2> /dev/null || exit 0
for _ in $(seq 50); do
  kill -0 "$pid" 2> /dev/null || break
  sleep 0.1
done
kill -KILL -- "-$pid" 2> /dev/null || true
