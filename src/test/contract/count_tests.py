"""Counts the tests in Maven's reports.

    count_tests.py [--named faults.csv] FOLDER...

Fails if a test failed or was skipped, or if there are no tests. With --named, also fails if a test is missing that the column `test` of
the CSV file names ("dispatch.CrashTest.a_name", without the package dk.underret).
"""

import argparse
import csv
import pathlib
import sys
import xml.etree.ElementTree


def cases(folders):
    for report in sorted(each for folder in folders for each in pathlib.Path(folder).glob("TEST-*.xml")):
        yield from xml.etree.ElementTree.parse(report).getroot().iter("testcase")


def name(case):
    """Returns class and method. Surefire writes a parameterized test as `method(int, String)[1]`; nested classes are joined with `$`."""
    method = case.get("name")
    for end in "({[":
        method = method.split(end)[0]
    return f"{case.get('classname')}.{method.strip()}"


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--named", type=pathlib.Path)
    parser.add_argument("folders", nargs="+")
    options = parser.parse_args(arguments)
    total, skipped, failed, ran = 0, [], 0, set()
    for case in cases(options.folders):
        total += 1
        failed += case.find("failure") is not None or case.find("error") is not None
        if case.find("skipped") is not None:
            skipped.append(f"{case.get('classname')}.{case.get('name')}")
        ran.add(name(case))
    missing = []
    if options.named:
        with options.named.open(encoding="utf-8", newline="") as lines:
            named = sorted({row["test"] for row in csv.DictReader(lines)})
        missing = [test for test in named if f"dk.underret.{test}" not in ran]
        print(f"{len(named)} tests named in {options.named.name}, {len(missing)} did not run")
    for test in skipped:
        print(f"skipped: {test}")
    for test in missing:
        print(f"did not run: {test}")
    print(f"{total} tests, {failed} failed, {len(skipped)} skipped")
    return 1 if failed or skipped or missing or not total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
