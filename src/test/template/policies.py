"""Checks every policy of an expanded template with parliament, offline.

    policies.py EXPANDED.json

Prints the number of policies and each fault: parliament's findings, and wildcards that parliament accepts. Fails if there is a fault,
or if there are no policies.
"""

import json
import re
import sys

from parliament import analyze_policy_string

PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::AccountId": "123456789012",
    "AWS::Region": "eu-north-1",
    "AWS::StackName": "stack",
    "AWS::StackId": "arn:aws:cloudformation:eu-north-1:123456789012:stack/stack/1c2fa620-982a-11e3-aff7-50e2416294e0",
}
ARNS = {
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:eu-north-1:123456789012:table/{}",
    "AWS::Lambda::Function": "arn:aws:lambda:eu-north-1:123456789012:function:{}",
    "AWS::KMS::Key": "arn:aws:kms:eu-north-1:123456789012:key/{}",
    "AWS::Logs::LogGroup": "arn:aws:logs:eu-north-1:123456789012:log-group:{}:*",
    "AWS::S3::Bucket": "arn:aws:s3:::{}",
    "AWS::SNS::Topic": "arn:aws:sns:eu-north-1:123456789012:{}",
    "AWS::SQS::Queue": "arn:aws:sqs:eu-north-1:123456789012:{}",
}
RESOURCE_POLICIES = ("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
# Actions without resource-level permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/
WITHOUT_RESOURCE = {"ses:GetAccount"}


class Resolver:
    """Resolves intrinsic functions to strings with the format of AWS's values."""

    def __init__(self, resources):
        self.resources = resources

    def arn(self, name):
        shape = ARNS.get(self.resources.get(name, {}).get("Type"), "{}")
        return shape.format(name.lower())

    def name(self, reference):
        if reference in PSEUDO:
            return PSEUDO[reference]
        is_topic = self.resources.get(reference, {}).get("Type") == "AWS::SNS::Topic"
        return self.arn(reference) if is_topic else reference.lower()

    def substituted(self, text, variables):
        def value(match):
            name = match.group(1)
            if name in variables:
                return variables[name]
            return self.arn(name[: -len(".Arn")]) if name.endswith(".Arn") else self.name(name)

        return re.sub(r"\$\{([^}]+)}", value, text)

    def resolve(self, value):
        if isinstance(value, list):
            return [self.resolve(each) for each in value]
        if not isinstance(value, dict):
            return value
        if "Ref" in value:
            return self.name(value["Ref"])
        if "Fn::GetAtt" in value:
            return self.arn(value["Fn::GetAtt"][0])
        if "Fn::Select" in value:
            return self.resolve(value["Fn::Select"][1])[int(value["Fn::Select"][0])]
        if "Fn::Split" in value:
            return self.resolve(value["Fn::Split"][1]).split(value["Fn::Split"][0])
        if "Fn::Sub" in value:
            sub = value["Fn::Sub"]
            return self.substituted(sub, {}) if isinstance(sub, str) else self.substituted(sub[0], self.resolve(sub[1]))
        return {key: self.resolve(each) for key, each in value.items()}


def policies(resources):
    """Yields name, document and whether it is a resource policy, for each policy of the template."""
    for name, resource in resources.items():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::IAM::Role":
            for policy in properties.get("Policies", []):
                yield f"{name}/{policy['PolicyName']}", policy["PolicyDocument"], False
            for managed in properties.get("ManagedPolicyArns", []):
                yield f"{name}/{managed}", None, False
        elif resource["Type"] in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
            yield name, properties["PolicyDocument"], False
        elif resource["Type"] in RESOURCE_POLICIES:
            yield name, properties["PolicyDocument"], True
        elif resource["Type"] == "AWS::KMS::Key":
            yield name, properties["KeyPolicy"], True


def listed(value):
    return value if isinstance(value, list) else [value]


def faults(document, of_resource):
    """Yields a message for each fault of a resolved policy."""
    for statement in document["Statement"]:
        if statement["Effect"] != "Allow" or of_resource:
            continue
        actions = listed(statement["Action"])
        yield from (f"{statement.get('Sid', 'a statement')}: wildcard in action {action}" for action in actions if "*" in action)
        if "*" in listed(statement["Resource"]) and not set(actions) <= WITHOUT_RESOURCE:
            yield f"{statement.get('Sid', 'a statement')}: wildcard resource"
    identity = [dict(statement) for statement in document["Statement"]]
    for statement in identity:
        # parliament checks identity policies, which have no principal. TemplateTest checks the principals.
        statement.pop("Principal", None)
    # SAM writes the schedule's role without a version. IAM then uses version 2008-10-17, which differs only in policy variables.
    version = document.get("Version", "2012-10-17")
    analyzed = analyze_policy_string(json.dumps({"Version": version, "Statement": identity}))
    for finding in analyzed.findings:
        if finding.issue == "RESOURCE_STAR" and of_resource:
            continue  # in a key policy, * is the key itself
        yield f"{finding.issue}: {finding.detail}"


def main(path):
    with open(path, encoding="utf-8") as opened:
        resources = json.load(opened)["Resources"]
    resolver = Resolver(resources)
    read, found = 0, 0
    for name, document, of_resource in policies(resources):
        read += 1
        each = ["managed policies grant more than the function needs"] if document is None else faults(resolver.resolve(document), of_resource)
        for fault in each:
            found += 1
            print(f"{name}: {fault}")
    print(f"parliament: {read} policies, {found} faults")
    return 1 if found or not read else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
