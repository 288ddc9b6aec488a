"""Prints the findings of checkov's JSON report.

    checkov_counts.py REPORT.json

Fails if there is a finding, or if checkov could not parse the template, which checkov itself reports as success.
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
        f"{summary['skipped']} suppressed with a reason, {summary['parsing_errors']} parsing errors"
    )
    return 1 if summary["failed"] or summary["parsing_errors"] or not summary["resource_count"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
