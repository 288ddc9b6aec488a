#!/usr/bin/env bash
# Checks template.yaml with SAM, cfn-lint, checkov and parliament, and compares the recorded events with SAM's. Needs no account and,
# once the checkers are installed, no network.
#
#   check.sh [TEMPLATE]
#
# setup.sh installs the checkers. A rule that the template breaks on purpose is suppressed in the resource's metadata, with the reason.
# TemplateTest contains the rules that these checkers don't know.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
template=$(realpath "${1:-$root/template.yaml}")
region=eu-north-1
checkers=$("$here/setup.sh")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=$region PYTHONDONTWRITEBYTECODE=1

"$checkers/sam/bin/sam" validate --template-file "$template" --region "$region" > "$scratch/sam" 2>&1 || {
  cat "$scratch/sam"
  exit 1
}
echo "sam validate: valid"

# cfn-lint expands SAM, and thus finds circular dependencies and dangling references, only up to version 1.53.3.
"$checkers/sam/bin/cfn-lint" --regions "$region" --template "$template"
echo "cfn-lint: no findings"

"$checkers/sam/bin/python" "$here/expand.py" "$template" "$scratch/expanded.json"
"$checkers/checkov/bin/checkov" --file "$scratch/expanded.json" --framework cloudformation --compact --quiet --skip-download \
  --output json > "$scratch/checkov.json" 2> "$scratch/checkov.err" || [ -s "$scratch/checkov.json" ] || {
  cat "$scratch/checkov.err"
  exit 1
}
"$checkers/checkov/bin/python" "$here/checkov_counts.py" "$scratch/checkov.json"
"$checkers/parliament/bin/python" "$here/policies.py" "$scratch/expanded.json"
"$here/../events/sam.sh" "$checkers"
