#!/usr/bin/env bash
# Installs the template's checkers, each in its own virtual environment, since their pinned versions conflict.
#
#   setup.sh            prints the folder that contains sam/, checkov/ and parliament/
#
# The environments are kept in UNDERRET_CACHE (default: .cache in the project). A stamp with a hash of the requirements marks a complete
# environment, so a changed pin or an interrupted installation causes a new one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
cache=${UNDERRET_CACHE:-$root/.cache}/template
# shellcheck source=../python.sh
source "$here/../python.sh"

for checker in sam checkov parliament; do
  requirements=$here/requirements/$checker.txt
  home=$cache/$checker
  stamp=$home/.complete-$(sha256sum < "$requirements" | cut -c1-12)
  [ -f "$stamp" ] && continue
  python=$(supported_python) || { echo "$NO_PYTHON" >&2; exit 3; }
  echo "installing $checker into $home" >&2
  rm -rf "$home"
  mkdir -p "$cache"
  "$python" -m venv "$home"
  "$home/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" >&2
  touch "$stamp"
done
echo "$cache"
