"""Expands the SAM template to plain CloudFormation, offline and without credentials.

    expand.py TEMPLATE OUT.json
"""

import json
import os
import sys

# SAM's translator requires a region from boto, although it makes no calls.
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-north-1")

from samtranslator.parser.parser import Parser  # noqa: E402
from samtranslator.translator.translator import Translator  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402


def expand(text):
    """Returns a template as a dictionary of plain CloudFormation. Parameters without a default get the value x."""
    template = yaml_parse(text)
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function" and isinstance(properties.get("CodeUri"), str):
            # `sam package` would replace the local folder with an S3 address.
            properties["CodeUri"] = "s3://artefacts/function.zip"
    parameters = {name: parameter.get("Default", "x") for name, parameter in template.get("Parameters", {}).items()}
    return Translator({}, Parser()).translate(template, parameters)


if __name__ == "__main__":
    source, target = sys.argv[1:3]
    with open(source, encoding="utf-8") as opened:
        expanded = expand(opened.read())
    with open(target, "w", encoding="utf-8") as opened:
        json.dump(expanded, opened, indent=2)
