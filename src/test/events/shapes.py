"""Compares the shape of recorded events with that of others: key paths and kinds of values, not the values.

    shapes.py WHO RECORDED OTHER.json [RECORDED OTHER.json]...

WHO is whom the others come from, a word of the first column of shapes.txt, in which each difference that is known stands with its
reason. RECORDED is a file of events/ by name, with `:path` where only a part of it is compared; OTHER is a file, likewise. Fails on a
difference that is not listed, and on one that is listed and gone: then the list is out of date.

A list's elements count as one. A text that is JSON itself is looked into: SNS's envelope is one in a queue's message, and SES's event
one in that.
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
KINDS = {dict: "object", list: "list", bool: "truth", int: "number", float: "number", type(None): "null"}


def shape(value, path=""):
    """Path and kind of everything in a JSON value."""
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
    """Path and difference, where two shapes have one."""
    ours, theirs = kinds(recorded), kinds(other)
    for path in sorted({*ours, *theirs}):
        above = ABOVE.sub("", path)
        if ours.get(path) == theirs.get(path):
            continue
        if path not in theirs:
            # What is below a part that is missing is missing, too.
            if above in theirs or above not in ours:
                yield path, "ours alone"
        elif path not in ours:
            if above in ours or above not in theirs:
                yield path, "theirs alone"
        else:
            yield path, f"{ours[path]} here, {theirs[path]} there"


def kinds(value):
    found = {}
    for path, each in shape(value):
        found.setdefault(path, set()).add(each)
    return {path: " or ".join(sorted(each)) for path, each in found.items()}


def known(who):
    """The differences that are listed for one origin: recorded event, path and difference."""
    listed = []
    for line in (HERE / "shapes.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            origin, file, path, difference, _ = (part.strip() for part in line.split("|"))
            if origin == who:
                listed.append((file, path, difference))
    return listed


def covers(listed, found):
    """Whether a listed difference is one that was found."""
    return fnmatch.fnmatch(found[0], listed[0]) and listed[1:] == found[1:]


def part(name, folder):
    """A file's JSON, or the part of it that is named after a colon."""
    file, _, path = name.partition(":")
    value = json.loads((folder / file).read_text(encoding="utf-8"))
    for step in filter(None, path.split(".")):
        value = json.loads(value) if isinstance(value, str) else value
        value = value[int(step)] if isinstance(value, list) else value[step]
    return json.loads(value) if isinstance(value, str) else value


def main(who, *pairs):
    found, compared = set(), set()
    for recorded, other in zip(pairs[::2], pairs[1::2]):
        compared.add(recorded)
        for path, difference in differences(part(recorded, EVENTS), part(other, pathlib.Path())):
            found.add((recorded, path, difference))
    listed = [each for each in known(who) if any(fnmatch.fnmatch(file, each[0]) for file in compared)]
    new = sorted(each for each in found if not any(covers(known, each) for known in listed))
    gone = [known for known in listed if not any(covers(known, each) for each in found)]
    for each in new:
        print(f"{who} | {' | '.join(each)} | not listed in shapes.txt")
    for each in gone:
        print(f"{who} | {' | '.join(each)} | listed in shapes.txt, and gone")
    print(
        f"shapes: {len(compared)} recorded events against those of {who}: {len(found)} differences, "
        f"{len(new)} without a reason, {len(gone)} reasons without a difference"
    )
    return 0 if compared and not new and not gone else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
