"""Runs the marked commands of a README in order, in one shell, and compares their output with the README.

    readme.py README SCRATCH

A command is a fenced `sh` block after this line:

    <!-- run: localstack -->

The expected output, if the README shows it, is the next fenced block (`text`, `json`, …) after this line:

    <!-- prints -->

or, if the output takes time to appear, after this line. The command is then repeated, so it must not change anything:

    <!-- prints within 60 s -->

Each shown line must be printed, in that order; other lines may be printed between them. Numbers, times, hashes and generated names
may differ, and `…` matches any text.
"""

import dataclasses
import pathlib
import re
import subprocess
import sys
import time

RUN = "<!-- run: localstack -->"
PRINTS = re.compile(r"<!-- prints(?: within (\d+) s)? -->")
FENCE = re.compile(r"^```(\w*)\s*$")
# Values that differ between deployments, from the most specific to the most general.
KINDS = [
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)"), "<time>"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<id>"),
    (re.compile(r"\b(underret-[A-Za-z]+)(?:-[0-9A-Za-z]+)+"), r"\1-<name>"),
    (re.compile(r"\b[0-9a-f]{12,}\b"), "<hash>"),
    (re.compile(r"\b\d+(?:\.\d+)?\b"), "<number>"),
]


@dataclasses.dataclass
class Command:
    """A marked block: its line, its text, the expected output (None if the README shows none) and the timeout in seconds."""

    line: int
    text: str
    shows: str = None
    seconds: int = 0


def commands(readme):
    """Returns the marked blocks in order."""
    found, mark, fence, body = [], None, None, []
    for number, line in enumerate(readme.splitlines(), start=1):
        if fence is not None:
            if line.strip() == "```":
                take(found, mark, fence, "\n".join(body))
                mark, fence, body = None, None, []
            else:
                body.append(line)
        elif line.strip() == RUN or PRINTS.fullmatch(line.strip()):
            mark = line.strip()
        elif opened := FENCE.match(line):
            fence = (opened.group(1), number)
        elif line.strip():
            if mark:
                sys.exit(f"README line {number}: “{mark}” needs a fenced block after it")
    return found


def take(found, mark, fence, body):
    language, number = fence
    if mark == RUN:
        if language != "sh":
            sys.exit(f"README line {number}: the marked block is not sh")
        found.append(Command(number, body))
    elif mark:
        if not found or found[-1].shows is not None:
            sys.exit(f"README line {number}: the expected output has no command before it")
        found[-1].shows = body
        found[-1].seconds = int(PRINTS.fullmatch(mark).group(1) or 0)


def kind(line):
    for pattern, name in KINDS:
        line = pattern.sub(name, line)
    return " ".join(line.split())


def missing(shown, printed):
    """Returns the first line that is shown but not printed, or None."""
    lines = iter([kind(line) for line in printed.splitlines()])
    for line in filter(str.strip, shown.splitlines()):
        parts = [re.escape(kind(part)) for part in line.split("…")]
        pattern = re.compile(r"\s*.*?\s*".join(parts))
        if line.strip() != "…" and not any(pattern.fullmatch(each) for each in lines):
            return line
    return None


def run(command, scratch):
    """Runs a block with the shell variables of the earlier blocks. Returns its exit status, output and errors."""
    state = scratch / "state"
    script = f"set -euo pipefail\n[ -f {state} ] && . {state}\n{command.text}\ndeclare -p | grep -vE '^declare -[A-Za-z]*[rAa]' > {state}\n"
    done = subprocess.run(["bash", "-c", script], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def main(readme, scratch):
    found = commands(pathlib.Path(readme).read_text(encoding="utf-8"))
    if not found:
        sys.exit(f"{readme} has no command marked “{RUN}”")
    for command in found:
        deadline = time.monotonic() + command.seconds
        while True:
            status, printed, errors = run(command, pathlib.Path(scratch))
            if status:
                sys.exit(f"README line {command.line}: exit status {status}\n{command.text}\n{printed}{errors}")
            lacks = missing(command.shows, printed) if command.shows is not None else None
            if lacks is None or time.monotonic() > deadline:
                break
            time.sleep(1)
        if lacks is not None:
            sys.exit(f"README line {command.line}: expected “{lacks.strip()}”, but the output is\n{printed}")
        print(f"README line {command.line}: ok")
    print(f"readme: {len(found)} commands ran, {sum(c.shows is not None for c in found)} with the expected output")


if __name__ == "__main__":
    main(*sys.argv[1:])
