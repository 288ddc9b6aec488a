"""Expands the SAM template to plain CloudFormation, offline and without credentials.

    expand.py TEMPLATE OUT.json
"""

import json
import os
import sys

# SAM's translator asks boto for a region, though it makes no call.
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-north-1")

from samtranslator.parser.parser import Parser  # noqa: E402
from samtranslator.translator.translator import Translator  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402


def expand(text):
    """The template's text as a dictionary of plain CloudFormation; parameters without a default become the letter x."""
    template = yaml_parse(text)
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function" and isinstance(properties.get("CodeUri"), str):
            # A local folder is what `sam package` would have uploaded by now.
            properties["CodeUri"] = "s3://artefacts/function.zip"
    parameters = {name: parameter.get("Default", "x") for name, parameter in template.get("Parameters", {}).items()}
    return Translator({}, Parser()).translate(template, parameters)


if __name__ == "__main__":
    source, target = sys.argv[1:3]
    with open(source, encoding="utf-8") as opened:
        expanded = expand(opened.read())
    with open(target, "w", encoding="utf-8") as opened:
        json.dump(expanded, opened, indent=2)
