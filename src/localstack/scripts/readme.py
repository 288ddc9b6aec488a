"""Runs the marked commands of a README, all in one shell and in order, and compares what they print with what it shows.

    readme.py README SCRATCH

A command is a fenced block of `sh` with this line before it:

    <!-- run: localstack -->

What it prints, where the README shows that, is the next fenced block (`text`, `json`, …), with this line before it:

    <!-- prints -->

or, where it takes a while until it does (the command is then repeated; it should only look, not change anything):

    <!-- prints within 60 s -->

Each line that is shown must be printed, in that order; others may stand between. They are compared in kind: numbers, times, hashes
and generated names may differ, and so may what stands for `…`.
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
# What differs from one deployment to the next, from the most particular to the most common.
KINDS = [
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)"), "<time>"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<id>"),
    (re.compile(r"\b(underret-[A-Za-z]+)(?:-[0-9A-Za-z]+)+"), r"\1-<name>"),
    (re.compile(r"\b[0-9a-f]{12,}\b"), "<hash>"),
    (re.compile(r"\b\d+(?:\.\d+)?\b"), "<number>"),
]


@dataclasses.dataclass
class Command:
    """A marked block: where it stands, what it is, what it shows (None: nothing is shown) and how long that may take."""

    line: int
    text: str
    shows: str = None
    seconds: int = 0


def commands(readme):
    """The marked blocks in order."""
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
                sys.exit(f"line {number}: a fenced block must follow “{mark}”")
    return found


def take(found, mark, fence, body):
    language, number = fence
    if mark == RUN:
        if language != "sh":
            sys.exit(f"line {number}: commands are marked, but the block is not sh")
        found.append(Command(number, body))
    elif mark:
        if not found or found[-1].shows is not None:
            sys.exit(f"line {number}: what is printed follows no command")
        found[-1].shows = body
        found[-1].seconds = int(PRINTS.fullmatch(mark).group(1) or 0)


def kind(line):
    for pattern, name in KINDS:
        line = pattern.sub(name, line)
    return " ".join(line.split())


def missing(shown, printed):
    """The first line that is shown and not printed; None where there is none."""
    lines = iter([kind(line) for line in printed.splitlines()])
    for line in filter(str.strip, shown.splitlines()):
        parts = [re.escape(kind(part)) for part in line.split("…")]
        pattern = re.compile(r"\s*.*?\s*".join(parts))
        if line.strip() != "…" and not any(pattern.fullmatch(each) for each in lines):
            return line
    return None


def run(command, scratch):
    """Runs a block in the shell's state that the ones before it left; returns its exit status and what it printed."""
    state = scratch / "state"
    script = f"set -euo pipefail\n[ -f {state} ] && . {state}\n{command.text}\ndeclare -p | grep -vE '^declare -[A-Za-z]*[rAa]' > {state}\n"
    done = subprocess.run(["bash", "-c", script], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def main(readme, scratch):
    found = commands(pathlib.Path(readme).read_text(encoding="utf-8"))
    if not found:
        sys.exit(f"{readme} marks no command with “{RUN}”")
    for command in found:
        deadline = time.monotonic() + command.seconds
        while True:
            status, printed, errors = run(command, pathlib.Path(scratch))
            if status:
                sys.exit(f"README line {command.line}: ended with {status}\n{command.text}\n{printed}{errors}")
            lacks = missing(command.shows, printed) if command.shows is not None else None
            if lacks is None or time.monotonic() > deadline:
                break
            time.sleep(1)
        if lacks is not None:
            sys.exit(f"README line {command.line}: shows “{lacks.strip()}”, but prints\n{printed}")
        print(f"README line {command.line}: ok")
    print(f"readme: {len(found)} commands ran, {sum(c.shows is not None for c in found)} printed what is shown")


if __name__ == "__main__":
    main(*sys.argv[1:])
