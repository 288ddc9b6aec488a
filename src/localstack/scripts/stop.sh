#!/usr/bin/env bash
# Ends the LocalStack that start.sh started, with all its children. No error where none runs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
pid_file=${UNDERRET_CACHE:-$root/.cache}/localstack/pid
[ -f "$pid_file" ] || exit 0
pid=$(cat "$pid_file")
rm -f "$pid_file"
# The pid may be another process's by now: only a LocalStack is ended. It leads a process group of its own.
grep -q localstack "/proc/$pid/cmdline" 2> /dev/null || exit 0
kill -TERM "$pid" 2> /dev/null || exit 0
for _ in $(seq 50); do
  kill -0 "$pid" 2> /dev/null || break
  sleep 0.1
done
kill -KILL -- "-$pid" 2> /dev/null || true
