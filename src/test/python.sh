# Sourced by the scripts that need Python. Finds a supported version.

NO_PYTHON="No Python 3.11, 3.12 or 3.13 with venv found. Install one, or set UNDERRET_PYTHON to its command."

# Prints the command of the first Python 3.11 to 3.13 that can create virtual environments. Fails if there is none.
supported_python() {
  local candidate
  for candidate in "${UNDERRET_PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2> /dev/null; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}
