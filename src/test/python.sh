# Sourced by the scripts that need a Python: which one fits, and what is said where none does.

NO_PYTHON="No Python 3.11, 3.12 or 3.13 with venv was found: install one, or name it in UNDERRET_PYTHON."

# Prints the first Python of a fitting version that can make virtual environments; fails where there is none.
fitting_python() {
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
