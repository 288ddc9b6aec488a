"""Checks from outside what a local run left, and that its letters equal their source word for word. Shares no code with Underret.

    check_run.py SAMPLE [FOLDER]

SAMPLE is a folder of events/ (komit, bmw), FOLDER what the run left (target/local). Prints what was counted; fails with a sentence
per fault. White space, bullet signs and the numbers of lists are no part of a letter's words.
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
# Elements that end a line of a page, and those that are no part of its text.
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
    """From the first words to the last ones, both included."""
    first = text.index(start)
    return text[first : text.index(end, first) + len(end)]


def komit(source, facts, row):
    """KOMiT's letter to one person: its guidance left out, its blanks filled."""
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
    """BMW's letter to one person: its section on invoices goes to those with a reminder."""
    return source if row["reminder"] == "yes" else source[: source.index("Vigtig info vedrørende fakturering")]


SAMPLES = {"komit": ("komit-multimail.txt", ",", komit), "bmw": ("bmw-tietoevry.txt", ";", bmw)}


def difference(have, want):
    """Where two lists of words part; empty where they are equal."""
    for place in range(max(len(have), len(want))):
        if have[place : place + 1] != want[place : place + 1]:
            near = slice(max(0, place - 4), place + 4)
            return f"has “{' '.join(have[near])}” where its source has “{' '.join(want[near])}”"
    return ""


def check(sample, folder):
    """Counts and faults of a run."""
    file, separator, expected = SAMPLES[sample]
    source = (LETTERS / file).read_text(encoding="utf-8")
    facts = json.loads((ROOT / "events" / sample / "incident.json").read_text(encoding="utf-8"))
    with (ROOT / "events" / sample / "list.csv").open(encoding="utf-8", newline="") as opened:
        people = {row["email"].strip().lower(): row for row in csv.DictReader(opened, delimiter=separator)}
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    with (folder / "outbox/journal.jsonl").open(encoding="utf-8") as opened:
        journal = [json.loads(line) for line in opened if line.strip()]

    faults = []
    totals = dict(result["totals"])
    rows = totals.pop("rows", None)
    if result["status"] != "settled":
        faults.append(f"the run is {result['status']}")
    if rows != sum(totals.values()):
        faults.append(f"{rows} rows are not the sum of {totals}")
    sent = sum(totals.get(outcome, 0) for outcome in ("accepted", "delivered", "bounced", "complained", "suppressed"))
    if not journal or sent != len(journal):
        faults.append(f"{len(journal)} letters left SES, {sent} are recorded")
    told = [message["to"][0] for message in journal]
    if len(set(told)) != len(told):
        faults.append("somebody was told twice")
    for number, message in enumerate(journal, start=1):
        address = message["to"][0].lower()
        if address not in people:
            local, _, domain = address.partition("@")
            address = f"{local}@{domain.encode().decode('idna')}"
        want = words(expected(source, facts, people[address]))
        for part, have in (("text", words(message["text"])), ("html", page_words(message["html"]))):
            parted = difference(have, want)
            if parted:
                faults.append(f"letter {number}, {part}: {parted}")
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
