#!/usr/bin/env bash
# Compares the recorded events in events/ with the events that SAM CLI generates.
#
#   sam.sh CHECKERS     folder that src/test/template/setup.sh prints
#
# SAM can't generate SES events. The LocalStack tests compare those that LocalStack publishes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
checkers=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SAM_CLI_TELEMETRY=0

generate() { "$checkers/sam/bin/sam" local generate-event "$@"; }
generate s3 put > "$scratch/s3.json"
generate sqs receive-message > "$scratch/sqs.json"
generate sns notification > "$scratch/sns.json"
generate cloudwatch scheduled-event > "$scratch/tick.json"

pairs=(s3-put.json "$scratch/s3.json" sqs-chunk.json "$scratch/sqs.json" schedule-tick.json "$scratch/tick.json")
for event in "$here"/../../../events/sns-ses-*.json; do
  pairs+=("$(basename "$event"):Records.0.body" "$scratch/sns.json:Records.0.Sns")
done
"$checkers/sam/bin/python" "$here/shapes.py" sam "${pairs[@]}"
