"""Checks the result files of a local run, and that its letters equal their source word for word. Shares no code with Underret.

    check_run.py SAMPLE [FOLDER]

SAMPLE is a folder of events/ (komit or bmw), FOLDER the folder of the result files (default: target/local). Prints the counts. Prints
each fault and fails if there are any. The comparison ignores white space, bullets and list numbers.
"""

import csv
import html.parser
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
LETTERS = ROOT / "src/test/resources/letters"
BULLET = re.compile(r"^\s*(?:[·•*–-]|\d+[.)]|#+)\s+")
# Elements that start a new line, and elements without visible text.
BLOCKS = {"p", "li", "h1", "h2", "h3", "div", "tr", "td", "br", "ul", "ol"}
HIDDEN = {"head", "style", "script", "title"}


def words(text):
    return [word for line in text.splitlines() for word in BULLET.sub("", line).split()]


class PageText(html.parser.HTMLParser):
    """The visible text of a page."""

    def __init__(self):
        super().__init__()
        self.text, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in HIDDEN
        if tag in BLOCKS:
            self.text.append("\n")

    def handle_endtag(self, tag):
        self.hidden -= tag in HIDDEN
        if tag in BLOCKS:
            self.text.append("\n")

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def page_words(page):
    parser = PageText()
    parser.feed(page)
    return words("".join(parser.text))


def between(text, start, end):
    """Returns the text from `start` to `end`, inclusive."""
    first = text.index(start)
    return text[first : text.index(end, first) + len(end)]


def komit(source, facts, row):
    """Returns KOMiT's letter to one person, without the guidance and with the blanks filled."""
    lost = [item for item in row.get("affected_data", "").split("|") if item.strip()]
    if not lost:
        lost = [item for group in facts["affected_data"] if not group.get("applies_to") for item in group["items"]]
    sender = facts["controller"]
    return "\n".join(
        [
            "Følgebrev om Multimail",
            f"Kære {row['name']}",
            between(source, "Vores IT-leverandør", "Følgende data er berørt:"),
            *lost,
            between(source, "Komit skriver om hackerangrebet", "Venlig hilsen"),
            f"{sender['name']},",
            f"{sender['email']},",
            sender["phone"],
        ]
    )


def bmw(source, facts, row):
    """Returns BMW's letter to one person. Only people with a reminder get the section on invoices."""
    invoices = between(source, "Vigtig info vedrørende fakturering", "omtalte Ransomeware angreb.")
    return source if row["reminder"] == "yes" else source.replace(invoices, "")


SAMPLES = {"komit": ("komit-multimail.txt", ",", komit), "bmw": ("bmw-tietoevry.txt", ";", bmw)}


def difference(have, want):
    """Returns the first difference between two lists of words; empty if they are equal."""
    for place in range(max(len(have), len(want))):
        if have[place : place + 1] != want[place : place + 1]:
            near = slice(max(0, place - 4), place + 4)
            return f"has “{' '.join(have[near])}” where its source has “{' '.join(want[near])}”"
    return ""


def differences(message, letter):
    """Returns the differences between a letter and the text and HTML parts of a message."""
    parts = {"text": words(message["text"]), "html": page_words(message["html"])}
    found = {part: difference(have, words(letter)) for part, have in parts.items()}
    return [f"{part}: {where}" for part, where in found.items() if where]


def address(text):
    """Normalises an address: lower case, with a Unicode domain."""
    local, _, domain = text.strip().lower().rpartition("@")
    return f"{local}@{domain.encode().decode('idna')}" if domain.isascii() else f"{local}@{domain}"


def check(sample, folder):
    """Returns the counts and the faults of a run."""
    file, separator, expected = SAMPLES[sample]
    source = (LETTERS / file).read_text(encoding="utf-8")
    facts = json.loads((ROOT / "events" / sample / "incident.json").read_text(encoding="utf-8"))
    with (ROOT / "events" / sample / "list.csv").open(encoding="utf-8", newline="") as opened:
        left = [row for row in csv.DictReader(opened, delimiter=separator)]
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    with (folder / "outbox/journal.jsonl").open(encoding="utf-8") as opened:
        journal = [json.loads(line) for line in opened if line.strip()]

    faults = []
    totals = dict(result["totals"])
    rows = totals.pop("rows", None)
    if result["status"] != "settled":
        faults.append(f"the status is {result['status']}, not settled")
    if rows != sum(totals.values()):
        faults.append(f"the outcomes {totals} don't add up to {rows} rows")
    sent = sum(totals.get(outcome, 0) for outcome in ("accepted", "delivered", "bounced", "complained", "suppressed"))
    if not journal or sent != len(journal):
        faults.append(f"SES accepted {len(journal)} letters, but the totals count {sent}")
    for number, message in enumerate(journal, start=1):
        # Two people may share an address: each letter is matched with the closest of their rows.
        owners = [row for row in left if address(row["email"]) == address(message["to"][0])]
        if not owners:
            faults.append(f"letter {number} has no row on the list")
            continue
        found = [(differences(message, expected(source, facts, row)), row) for row in owners]
        least, row = min(found, key=lambda each: len(each[0]))
        left.remove(row)
        faults += [f"letter {number}, {difference}" for difference in least]
    counts = f"{rows} rows, {len(journal)} letters, each equal to {file} in text and HTML"
    return counts, faults


def main(sample, folder=None):
    counts, faults = check(sample, pathlib.Path(folder) if folder else ROOT / "target/local")
    for fault in faults:
        print(f"{sample}: {fault}")
    if not faults:
        print(f"{sample}: {counts}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
