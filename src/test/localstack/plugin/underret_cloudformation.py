"""AWS::SES::ConfigurationSet for LocalStack's CloudFormation, which has no such resource and would only make up a name."""

import uuid

from localstack.services.cloudformation.resource_provider import (
    CloudFormationResourceProviderPlugin,
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
)


class ConfigurationSet(ResourceProvider):
    TYPE = "AWS::SES::ConfigurationSet"
    SCHEMA = {"primaryIdentifier": ["/properties/Name"], "readOnlyProperties": []}

    def create(self, request):
        model = request.desired_state
        if not model.get("Name"):
            model["Name"] = f"{request.stack_name}-{request.logical_resource_id}-{uuid.uuid4().hex[:8]}"
        request.aws_client_factory.ses.create_configuration_set(ConfigurationSet={"Name": model["Name"]})
        return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model)

    def update(self, request):
        model = {**request.previous_state, **request.desired_state}
        return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model)

    def delete(self, request):
        request.aws_client_factory.ses.delete_configuration_set(ConfigurationSetName=request.previous_state["Name"])
        return ProgressEvent(status=OperationStatus.SUCCESS, resource_model={})


class ConfigurationSetPlugin(CloudFormationResourceProviderPlugin):
    name = ConfigurationSet.TYPE

    def load(self):
        self.factory = ConfigurationSet
