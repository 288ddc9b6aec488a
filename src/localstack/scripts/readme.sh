#!/usr/bin/env bash
# Runs the README's commands against LocalStack. Only the endpoint is added.
#
#   readme.sh [README]
#
# readme.py selects the commands and compares their output. Run `mvn package` first. `sam` is installed by src/test/template/setup.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
readme=$(realpath "${1:-$root/README.md}")

[ -d "$root/target/function/lib" ] || {
  echo "target/function is missing. Run mvn package first." >&2
  exit 1
}
checkers=$("$here/../../test/template/setup.sh")
home=$("$here/setup.sh")
endpoint=$("$here/start.sh")
scratch=$(mktemp -d)
trap '"$here/stop.sh"; rm -rf "$scratch"' EXIT

# For some services, the AWS CLI reads the endpoint only from the command line.
mkdir "$scratch/bin"
printf '#!/bin/sh\nexec "%s/venv/bin/aws" --endpoint-url "%s" "$@"\n' "$home" "$endpoint" > "$scratch/bin/aws"
ln -s "$checkers/sam/bin/sam" "$scratch/bin/sam"
chmod +x "$scratch/bin/aws"

# A separate folder, so that the commands write no files into the project.
mkdir "$scratch/project"
cp -R "$root/events" "$root/template.yaml" "$root/samconfig.toml" "$scratch/project"
ln -s "$root/target" "$scratch/project/target"
cd "$scratch/project"
env -u AWS_PROFILE PATH="$scratch/bin:$PATH" AWS_ENDPOINT_URL="$endpoint" AWS_REGION=eu-north-1 AWS_DEFAULT_REGION=eu-north-1 \
  AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_PAGER= SAM_CLI_TELEMETRY=0 \
  "$home/venv/bin/python" "$here/readme.py" "$readme" "$scratch"
