"""Prints what checkov found, from its JSON.

    checkov_counts.py REPORT.json

Fails on a finding, and where checkov could not read the template: of itself it counts that as success.
"""

import json
import sys


def main(path):
    with open(path, encoding="utf-8") as opened:
        report = json.load(opened)
    summary = report["summary"]
    for finding in report["results"]["failed_checks"]:
        print(f"{finding['check_id']} {finding['resource']}: {finding['check_name']}")
    print(
        f"checkov: {summary['resource_count']} resources, {summary['passed']} passed, {summary['failed']} failed, "
        f"{summary['skipped']} suppressed with a reason, {summary['parsing_errors']} not read"
    )
    return 1 if summary["failed"] or summary["parsing_errors"] or not summary["resource_count"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
