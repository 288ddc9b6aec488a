#!/usr/bin/env bash
# Installs the template's checkers, each in a virtual environment of its own: their pins exclude each other.
#
#   setup.sh            prints the folder that holds sam/, checkov/ and parliament/
#
# UNDERRET_CACHE names the folder in which they are kept between runs (default: .cache in the project). Each environment is named
# after a hash of its requirements, so that a changed pin makes a new one and an interrupted installation is made again.
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
  python=$(fitting_python) || { echo "$NO_PYTHON" >&2; exit 3; }
  echo "installing $checker into $home" >&2
  rm -rf "$home"
  mkdir -p "$cache"
  "$python" -m venv "$home"
  "$home/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" >&2
  touch "$stamp"
done
echo "$cache"
