"""Counts the tests of Maven's reports.

    count_tests.py FOLDER...

Fails where a test failed or was skipped, and where there was none: a skipped test is one that nobody ran.
"""

import pathlib
import sys
import xml.etree.ElementTree


def main(folders):
    total, skipped, failed = 0, [], 0
    for report in sorted(each for folder in folders for each in pathlib.Path(folder).glob("TEST-*.xml")):
        for case in xml.etree.ElementTree.parse(report).getroot().iter("testcase"):
            total += 1
            failed += case.find("failure") is not None or case.find("error") is not None
            if case.find("skipped") is not None:
                skipped.append(f"{case.get('classname')}.{case.get('name')}")
    for name in skipped:
        print(f"skipped: {name}")
    print(f"{total} tests, {failed} failed, {len(skipped)} skipped")
    return 1 if failed or skipped or not total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
