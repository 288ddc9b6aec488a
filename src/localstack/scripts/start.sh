#!/usr/bin/env bash
# Starts LocalStack on 127.0.0.1 and waits until it is ready. Run setup.sh first.
#
#   start.sh            prints the endpoint
#   stop.sh             stops LocalStack
#
# UNDERRET_LOCALSTACK_PORT sets the port (default: 4566) and UNDERRET_LOCALSTACK_PATIENCE the timeout in seconds (default: 60).
# LocalStack starts empty. The installation's folder `logs` contains its log, the functions' logs and the events that they received.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
home=${UNDERRET_CACHE:-$root/.cache}/localstack
port=${UNDERRET_LOCALSTACK_PORT:-4566}
patience=${UNDERRET_LOCALSTACK_PATIENCE:-60}
# shellcheck source=java.sh
source "$here/java.sh"

fail() {
  echo "$*" >&2
  exit 1
}

# Returns whether LocalStack is healthy. Uses bash's own TCP support, so that curl is not required.
healthy() {
  local line=
  { exec 3<> "/dev/tcp/127.0.0.1/$port"; } 2> /dev/null || return 1
  printf 'GET /_localstack/health HTTP/1.0\r\n\r\n' >&3
  read -r -t 5 line <&3 || true
  exec 3>&-
  [[ $line == *" 200 "* ]]
}

"$here/stop.sh"
ls "$home"/.python-* "$home"/.java-* > /dev/null 2>&1 ||
  fail "The LocalStack installation in $home is incomplete. Delete that folder and run src/localstack/scripts/setup.sh."
if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
  fail "Port $port is in use. Stop the program that uses it, or set UNDERRET_LOCALSTACK_PORT to another port."
fi
java_home=$(newest_jdk) || fail "$NO_JDK"

rm -rf "$home/root/tmp" "$home/logs"
mkdir -p "$home/root/tmp" "$home/logs"
env OVERRIDE_IN_DOCKER=0 FILESYSTEM_ROOT="$home/root" XDG_CACHE_HOME="$home/cache" TMPDIR="$home/root/tmp" \
  GATEWAY_LISTEN="127.0.0.1:$port" LOCALSTACK_HOST="127.0.0.1:$port" DNS_ADDRESS=0 SKIP_SSL_CERT_DOWNLOAD=1 DISABLE_EVENTS=1 \
  SQS_ENDPOINT_STRATEGY=path DYNAMODB_IN_MEMORY=1 DDB_LOCAL_TELEMETRY=0 LAMBDA_KEEPALIVE_MS=600000 LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC=1 \
  PYTHONPATH="$here/plugin" PYTHONDONTWRITEBYTECODE=1 LAMBDA_RUNTIME_EXECUTOR=process \
  UNDERRET_JAVA="$java_home/bin/java" UNDERRET_RUNTIME_CLIENT="$home/runtime-client" UNDERRET_FUNCTION_LOGS="$home/logs" \
  setsid "$home/venv/bin/python" -m localstack.runtime.main > "$home/logs/localstack.log" 2>&1 < /dev/null &
pid=$!
echo "$pid" > "$home/pid"

deadline=$((SECONDS + patience))
until healthy; do
  if ! kill -0 "$pid" 2> /dev/null; then
    tail -n 20 "$home/logs/localstack.log" >&2
    fail "LocalStack ended during startup. Delete $home and run src/localstack/scripts/setup.sh."
  fi
  if [ "$SECONDS" -ge "$deadline" ]; then
    "$here/stop.sh"
    fail "LocalStack was not ready within $patience s. See $home/logs/localstack.log, or delete $home and run src/localstack/scripts/setup.sh."
  fi
  sleep 0.2
done
echo "http://127.0.0.1:$port"
