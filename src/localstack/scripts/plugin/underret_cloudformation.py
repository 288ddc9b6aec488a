"""Adds to LocalStack's CloudFormation what the template requires.

Provides AWS::SES::ConfigurationSet and its event destination, which LocalStack doesn't create, and DeletionPolicy, which it ignores.
Fixes two errors when a stack is updated or deleted: lists among the previous parameters (LocalStack splits only the new ones), and
Fn::FindInMap with a parameter.
"""

import uuid

from localstack.aws.api.cloudformation import ChangeAction, StackStatus
from localstack.services.cloudformation.engine.v2.change_set_model import ChangeSetModel, TerminalValue
from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
from localstack.services.cloudformation.engine.v2.change_set_model_preproc import ChangeSetModelPreproc
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


class EventDestination(ResourceProvider):
    TYPE = "AWS::SES::ConfigurationSetEventDestination"
    SCHEMA = {"primaryIdentifier": ["/properties/Id"], "readOnlyProperties": ["/properties/Id"]}

    def create(self, request):
        model = request.desired_state
        wanted = model["EventDestination"]
        # The API spells some names differently than CloudFormation.
        destination = {
            "Name": wanted.get("Name") or f"{request.logical_resource_id}-{uuid.uuid4().hex[:8]}",
            "Enabled": wanted["Enabled"],
            "MatchingEventTypes": wanted["MatchingEventTypes"],
            "SNSDestination": wanted["SnsDestination"],
        }
        request.aws_client_factory.ses.create_configuration_set_event_destination(
            ConfigurationSetName=model["ConfigurationSetName"], EventDestination=destination
        )
        model["Id"] = destination["Name"]
        return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model)

    def update(self, request):
        model = {**request.previous_state, **request.desired_state}
        return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model)

    def delete(self, request):
        before = request.previous_state
        request.aws_client_factory.ses.delete_configuration_set_event_destination(
            ConfigurationSetName=before["ConfigurationSetName"], EventDestinationName=before["Id"]
        )
        return ProgressEvent(status=OperationStatus.SUCCESS, resource_model={})


class EventDestinationPlugin(CloudFormationResourceProviderPlugin):
    name = EventDestination.TYPE

    def load(self):
        self.factory = EventDestination


class ConfigurationSetPlugin(CloudFormationResourceProviderPlugin):
    name = ConfigurationSet.TYPE

    def load(self):
        self.factory = ConfigurationSet
        # The first change set of the stack is already being created. The fixes matter from the second on.
        ChangeSetModelPreproc.visit_node_parameter = visit_node_parameter
        ChangeSetModel._resolve_intrinsic_function_fn_find_in_map = resolve_find_in_map
        ChangeSetModelExecutor._execute_resource_action = execute_resource_action


visit_node_parameter_original = ChangeSetModelPreproc.visit_node_parameter
resolve_find_in_map_original = ChangeSetModel._resolve_intrinsic_function_fn_find_in_map
execute_resource_action_original = ChangeSetModelExecutor._execute_resource_action


def visit_node_parameter(self, node_parameter):
    delta = visit_node_parameter_original(self, node_parameter)
    kind = self.visit(node_parameter.type_)
    if "CommaDelimitedList" in (kind.before, kind.after) and isinstance(delta.before, str):
        delta.before = [item.strip() for item in delta.before.split(",")]
    return delta


def resolve_find_in_map(self, arguments):
    if all(isinstance(argument, TerminalValue) for argument in arguments.array):
        return resolve_find_in_map_original(self, arguments)
    return arguments.change_type


def execute_resource_action(self, action, logical_resource_id, *arguments, **named):
    stack = self._change_set.stack
    if action == ChangeAction.Remove and stack.status == StackStatus.DELETE_IN_PROGRESS:
        resource = stack.template["Resources"].get(logical_resource_id, {})
        if resource.get("DeletionPolicy") in ("Retain", "RetainExceptOnCreate"):
            return ProgressEvent(status=OperationStatus.SUCCESS, resource_model={})
    return execute_resource_action_original(self, action, logical_resource_id, *arguments, **named)
