"""Compares the shape of recorded events with events of another origin: key paths and types, not values.

    shapes.py ORIGIN RECORDED OTHER.json [RECORDED OTHER.json]...

ORIGIN is the origin of the other events, as in the first column of shapes.txt, which lists the known differences with their reasons.
RECORDED is the name of a file in events/ and OTHER is a file; `:path` after either selects a part of it. Fails if a difference is not
listed, or if a listed difference no longer exists.

All elements of a list are compared as one. A string that contains JSON is parsed: a queue's message contains SNS's envelope, which
contains SES's event.
"""

import fnmatch
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
EVENTS = HERE.parents[2] / "events"
ABOVE = re.compile(r"(\[\]|\(json\)|(^|\.)[^.\[\](]+)$")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")
KINDS = {dict: "object", list: "list", bool: "boolean", int: "number", float: "number", type(None): "null"}


def shape(value, path=""):
    """Yields the path and type of each part of a JSON value."""
    if isinstance(value, str):
        yield path, "time" if TIME.fullmatch(value) else "text"
        if value.startswith("{"):
            yield from shape(json.loads(value), path + "(json)")
        return
    yield path, KINDS[type(value)]
    if isinstance(value, dict):
        for name, each in value.items():
            yield from shape(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for each in value:
            yield from shape(each, path + "[]")


def differences(recorded, other):
    """Yields the path and description of each difference between two shapes."""
    recorded_kinds, other_kinds = kinds(recorded), kinds(other)
    for path in sorted({*recorded_kinds, *other_kinds}):
        above = ABOVE.sub("", path)
        if recorded_kinds.get(path) == other_kinds.get(path):
            continue
        if path not in other_kinds:
            # Report the topmost missing part only.
            if above in other_kinds or above not in recorded_kinds:
                yield path, "recorded only"
        elif path not in recorded_kinds:
            if above in recorded_kinds or above not in other_kinds:
                yield path, "other only"
        else:
            yield path, f"{recorded_kinds[path]} here, {other_kinds[path]} there"


def kinds(value):
    found = {}
    for path, each in shape(value):
        found.setdefault(path, set()).add(each)
    return {path: " or ".join(sorted(each)) for path, each in found.items()}


def known(origin):
    """Returns the listed differences of an origin: recorded event, path and difference."""
    listed = []
    for line in (HERE / "shapes.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            listed_origin, file, path, difference, _ = (part.strip() for part in line.split("|"))
            if listed_origin == origin:
                listed.append((file, path, difference))
    return listed


def covers(listed, found):
    """Returns whether a listed difference matches a found one."""
    return fnmatch.fnmatch(found[0], listed[0]) and listed[1:] == found[1:]


def part(name, folder):
    """Returns the JSON of a file, or the part at the path after a colon."""
    file, _, path = name.partition(":")
    value = json.loads((folder / file).read_text(encoding="utf-8"))
    for step in filter(None, path.split(".")):
        value = json.loads(value) if isinstance(value, str) else value
        value = value[int(step)] if isinstance(value, list) else value[step]
    return json.loads(value) if isinstance(value, str) else value


def main(origin, *pairs):
    found, compared = set(), set()
    for recorded, other in zip(pairs[::2], pairs[1::2]):
        compared.add(recorded)
        for path, difference in differences(part(recorded, EVENTS), part(other, pathlib.Path())):
            found.add((recorded, path, difference))
    listed = [each for each in known(origin) if any(fnmatch.fnmatch(file, each[0]) for file in compared)]
    new = sorted(each for each in found if not any(covers(known, each) for known in listed))
    gone = [known for known in listed if not any(covers(known, each) for each in found)]
    for each in new:
        print(f"{origin} | {' | '.join(each)} | not listed in shapes.txt")
    for each in gone:
        print(f"{origin} | {' | '.join(each)} | listed in shapes.txt, but not found")
    print(
        f"shapes: {len(compared)} recorded events compared with {origin}: {len(found)} differences, "
        f"{len(new)} not listed, {len(gone)} listed but not found"
    )
    return 0 if compared and not new and not gone else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
