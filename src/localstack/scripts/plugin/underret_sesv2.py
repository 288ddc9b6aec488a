"""Forwards the SES v2 calls of Underret to LocalStack's SES v1, because the community edition has no v2.

Sent messages can be read at /_aws/ses, as with v1. Every address and domain counts as verified, since the template creates no
identities. A message without the stack's configuration set is rejected. SES v1 publishes Send and Delivery events, except for
letters to a domain that starts with `silent.`: events for thousands of letters would double the time of a test.
"""

from localstack.aws.api import CommonServiceException, RequestContext, handler
from localstack.aws.connect import connect_to
from localstack.services.plugins import Service, aws_provider

# SES's response for a new account with production access.
ACCOUNT = {
    "DedicatedIpAutoWarmupEnabled": False,
    "EnforcementStatus": "HEALTHY",
    "ProductionAccessEnabled": True,
    "SendingEnabled": True,
    "SendQuota": {"Max24HourSend": 50000.0, "MaxSendRate": 200.0, "SentLast24Hours": 0.0},
}


class SesV2Provider:
    service, version = "sesv2", "2019-09-27"

    def __init__(self):
        # Senders and configuration sets that v1 knows, cached because a list has thousands of letters.
        self.senders, self.configuration_sets = set(), set()

    def v1(self, context):
        return connect_to(aws_access_key_id=context.account_id, region_name=context.region).ses

    @handler("GetAccount", expand=False)
    def get_account(self, context: RequestContext, request: dict):
        return ACCOUNT

    @handler("GetEmailIdentity", expand=False)
    def get_email_identity(self, context: RequestContext, request: dict):
        kind = "EMAIL_ADDRESS" if "@" in request["EmailIdentity"] else "DOMAIN"
        return {"IdentityType": kind, "VerifiedForSendingStatus": True, "VerificationStatus": "SUCCESS"}

    @handler("SendEmail", expand=False)
    def send_email(self, context: RequestContext, request: dict):
        v1 = self.v1(context)
        sender = request["FromEmailAddress"]
        configuration_set = request.get("ConfigurationSetName")
        if configuration_set not in self.configuration_sets:
            self.configuration_sets = {each["Name"] for each in v1.list_configuration_sets()["ConfigurationSets"]}
        if configuration_set not in self.configuration_sets:
            raise CommonServiceException("NotFoundException", "configuration set does not exist", 404, True)
        if sender not in self.senders:
            v1.verify_email_identity(EmailAddress=sender.partition("<")[2].rstrip(">") or sender)
            self.senders.add(sender)
        message = request["Content"]["Simple"]
        silent = "@silent." in request["Destination"]["ToAddresses"][0]
        try:
            answer = v1.send_email(
                Source=sender,
                Destination=request["Destination"],
                Message={"Subject": message["Subject"], "Body": message["Body"]},
                ReplyToAddresses=request.get("ReplyToAddresses") or [],
                Tags=request.get("EmailTags") or [],
                **({} if silent else {"ConfigurationSetName": configuration_set}),
            )
        except v1.exceptions.MessageRejected as rejected:
            raise CommonServiceException("MessageRejected", rejected.response["Error"]["Message"], 400, True) from rejected
        return {"MessageId": answer["MessageId"]}


@aws_provider(api="sesv2")
def sesv2():
    return Service.for_provider(SesV2Provider())
