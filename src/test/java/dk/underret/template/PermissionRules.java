package dk.underret.template;

import static dk.underret.template.Template.list;
import static dk.underret.template.Template.map;
import static dk.underret.template.Template.referred;

import dk.underret.template.Template.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for permissions. Each rule returns a sentence per fault. */
final class PermissionRules {
    /** Actions without resource-level permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html */
    private static final Set<String> WITHOUT_RESOURCE = Set.of("ses:GetAccount");

    /** SES's sending actions, versions 1 and 2. */
    private static final Set<String> SENDING = Set.of(
            "ses:SendEmail",
            "ses:SendRawEmail",
            "ses:SendBulkEmail",
            "ses:SendTemplatedEmail",
            "ses:SendBulkTemplatedEmail",
            "ses:SendBounce",
            "ses:SendCustomVerificationEmail");

    /** Actions that can delete an item: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/api-permissions-reference.html */
    private static final Set<String> DELETING = Set.of(
            "dynamodb:DeleteItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:PartiQLDelete",
            "dynamodb:DeleteTable",
            "dynamodb:UpdateTimeToLive");

    /** Resources that may end in a wildcard: the objects of a bucket or folder, and SES identities. */
    private static final Pattern WILDCARDS_ALLOWED = Pattern.compile(
            "\\$\\{\\w+\\.Arn}/([a-z]+/)?\\*|arn:\\$\\{AWS::Partition}:s3:::underret-[^*]+/\\*|[^*]+:identity/\\*");

    private PermissionRules() {}

    /** An Allow statement of a role. */
    record Grant(String role, Map<String, Object> statement) {
        List<String> actions() {
            return list(statement.get("Action")).stream().map(String::valueOf).toList();
        }

        List<?> targets() {
            return list(statement.get("Resource"));
        }
    }

    static List<Grant> grants(Template template) {
        return template.resources("AWS::IAM::Role")
                .flatMap(role -> list(role.at("Policies").orElse(null)).stream()
                        .map(policy -> map(map(policy).get("PolicyDocument")))
                        .flatMap(document -> list(document.get("Statement")).stream())
                        .map(Template::map)
                        .filter(statement -> "Allow".equals(statement.get("Effect")))
                        .map(statement -> new Grant(role.name(), statement)))
                .toList();
    }

    static List<String> only_dispatch_sends_from_the_given_addresses_with_the_configuration_set(Template template) {
        var faults = new ArrayList<String>();
        var sending = grants(template).stream()
                .filter(grant -> grant.actions().stream().anyMatch(SENDING::contains))
                .toList();
        if (sending.isEmpty()) faults.add("no role may send");
        for (var grant : sending) {
            if (!grant.role().equals("DispatchRole")) faults.add(grant.role() + " may send");
            if (!grant.actions().equals(List.of("ses:SendEmail")))
                faults.add(grant.role() + " may send with " + grant.actions());
            var from = map(map(grant.statement().get("Condition")).get("StringEqualsIgnoreCase"));
            if (!referred(from.get("ses:FromAddress")).equals("SenderAddresses"))
                faults.add(grant.role() + " may send from any address");
            var sets = grant.targets().stream()
                    .map(Object::toString)
                    .filter(target -> target.contains(":configuration-set/"))
                    .toList();
            if (sets.size() != 1 || !sets.getFirst().endsWith(":configuration-set/${SesConfiguration}}"))
                faults.add(grant.role() + " may send with other configuration sets than the stack's");
        }
        return faults;
    }

    static List<String> no_role_may_delete_a_record(Template template) {
        return grants(template).stream()
                .flatMap(grant -> grant.actions().stream()
                        .filter(DELETING::contains)
                        .map(action -> grant.role() + " has " + action))
                .toList();
    }

    /** Actions have no wildcards. Resources end in a wildcard only for the objects of a named bucket and for SES identities. */
    static List<String> actions_and_resources_have_no_wildcards(Template template) {
        var faults = new ArrayList<String>();
        for (var grant : grants(template)) {
            grant.actions().stream()
                    .filter(action -> action.contains("*"))
                    .forEach(action -> faults.add(grant.role() + " has " + action));
            for (var target : grant.targets()) {
                var text = text(target);
                var everything = text.equals("*");
                if (everything && !WITHOUT_RESOURCE.containsAll(grant.actions()))
                    faults.add(grant.role() + " has " + grant.actions() + " on every resource");
                if (!everything
                        && text.contains("*")
                        && !WILDCARDS_ALLOWED.matcher(text).matches())
                    faults.add(grant.role() + " has " + grant.actions() + " on " + text);
            }
        }
        return faults;
    }

    /** Returns the ARN of a resource without resolving its variables. */
    private static String text(Object target) {
        return target instanceof Map<?, ?> intrinsic
                ? list(intrinsic.values().iterator().next()).getFirst().toString()
                : target.toString();
    }

    static List<String> each_function_has_a_role_of_its_own(Template template) {
        var faults = new ArrayList<String>();
        var roles = new HashSet<String>();
        template.functions().forEach(function -> {
            var role = referred(function.at("Role").orElse(null));
            if (role.isEmpty()) faults.add(function.name() + " names no role of the template");
            if (!roles.add(role)) faults.add(function.name() + " shares " + role);
            if (function.at("Policies").isPresent()) faults.add(function.name() + " has policies beside its role");
        });
        template.resources("AWS::IAM::Role").forEach(role -> {
            if (role.at("ManagedPolicyArns").isPresent()) faults.add(role.name() + " has a managed policy");
            if (!roles.contains(role.name())) faults.add(role.name() + " is not used");
        });
        return faults;
    }

    /** Only Lambda may assume a role, and only for functions of this account. */
    static List<String> roles_are_for_lambda_in_this_account(Template template) {
        return template.resources("AWS::IAM::Role")
                .filter(role -> !trust(role)
                        .equals(List.of(Map.of(
                                "Effect",
                                "Allow",
                                "Principal",
                                Map.of("Service", "lambda.amazonaws.com"),
                                "Action",
                                "sts:AssumeRole",
                                "Condition",
                                Map.of("StringEquals", Map.of("aws:SourceAccount", Map.of("Ref", "AWS::AccountId")))))))
                .map(role -> role.name() + " may be assumed by others")
                .toList();
    }

    /** The data key is used only through the storage services. The MAC key is used only by Intake, for GenerateMac. */
    static List<String> keys_are_used_for_their_purpose_only(Template template) {
        var faults = new ArrayList<String>();
        for (var grant : grants(template)) {
            if (grant.actions().stream().noneMatch(action -> action.startsWith("kms:"))) continue;
            var key = referred(grant.targets().getFirst());
            var equals = map(map(grant.statement().get("Condition")).get("StringEquals"));
            var right = grant.targets().size() == 1
                    && switch (key) {
                        case "DataKey" ->
                            Set.of("kms:Decrypt", "kms:GenerateDataKey").containsAll(grant.actions())
                                    && equals.containsKey("kms:ViaService");
                        case "MacKey" ->
                            grant.role().equals("IntakeRole")
                                    && grant.actions().equals(List.of("kms:GenerateMac"))
                                    && "HMAC_SHA_256".equals(equals.get("kms:MacAlgorithm"));
                        default -> false;
                    };
            if (!right) faults.add(grant.role() + " has " + grant.actions() + " on " + key);
        }
        return faults;
    }

    /** Resource policies allow services acting for this account, and no other principal. */
    static List<String> resource_policies_allow_no_other_principal(Template template) {
        return Stream.of("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::KMS::Key")
                .flatMap(type -> template.resources(type))
                .flatMap(resource -> resourceStatements(resource).stream()
                        .filter(statement -> "Allow".equals(statement.get("Effect")))
                        .filter(statement -> !isOwnAccount(statement) && !isBoundService(statement))
                        .map(statement -> resource.name() + " allows others by " + statement.get("Sid")))
                .toList();
    }

    static List<Map<String, Object>> resourceStatements(Resource resource) {
        var document = resource.at("PolicyDocument").or(() -> resource.at("KeyPolicy"));
        return list(map(document.orElse(null)).get("Statement")).stream()
                .map(Template::map)
                .toList();
    }

    private static boolean isOwnAccount(Map<String, Object> statement) {
        return map(statement.get("Principal"))
                .equals(Map.of("AWS", Map.of("Fn::Sub", "arn:${AWS::Partition}:iam::${AWS::AccountId}:root")));
    }

    private static boolean isBoundService(Map<String, Object> statement) {
        var condition = map(statement.get("Condition"));
        return map(statement.get("Principal")).keySet().equals(Set.of("Service"))
                && condition.toString().contains("AWS::AccountId");
    }

    private static List<?> trust(Resource role) {
        return list(map(role.at("AssumeRolePolicyDocument").orElse(null)).get("Statement"));
    }
}
