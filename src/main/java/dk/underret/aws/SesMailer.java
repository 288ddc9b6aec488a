package dk.underret.aws;

import dk.underret.dispatch.Mailer;
import dk.underret.dispatch.Outcome;
import dk.underret.dispatch.Outcome.Accepted;
import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Deferred.DeferralReason;
import dk.underret.dispatch.Outcome.Unknown;
import dk.underret.ledger.SendKey;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * The {@link Mailer} for SES v2: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 *
 * <p>Needs a client that does not retry ({@link Clients#ses}).
 */
public final class SesMailer implements Mailer {
    private static final String UTF_8 = "UTF-8";

    /** RFC 3834: marks the message as automatic, so that out-of-office responders do not answer it. */
    private static final MessageHeader AUTOMATIC = MessageHeader.builder()
            .name("Auto-Submitted")
            .value("auto-generated")
            .build();

    private final SesV2Client ses;
    private final String configurationSet;

    /** @param configurationSet name of the configuration set that publishes the events */
    public SesMailer(SesV2Client ses, String configurationSet) {
        this.ses = ses;
        this.configurationSet = configurationSet;
    }

    /** Converts an exception of the SDK into its code and does not chain it, because its message may contain an address. */
    @Override
    public Outcome send(Message message) {
        try {
            var messageId = ses.sendEmail(request(message)).messageId();
            return messageId == null || messageId.isBlank() ? new Unknown("NO_MESSAGE_ID") : new Accepted(messageId);
        } catch (SesV2Exception e) {
            var details = Optional.ofNullable(e.awsErrorDetails());
            return SesErrors.outcome(
                    e.statusCode(),
                    details.map(error -> error.errorCode()).orElse(""),
                    details.map(error -> error.errorMessage()).orElse(""));
        } catch (SdkClientException e) {
            return ConnectionFailures.in(e)
                    .<Outcome>map(code -> new Deferred(DeferralReason.NOT_CONNECTED, code))
                    .orElseGet(() -> new Unknown(doubt(e)));
        }
    }

    private static String doubt(SdkClientException e) {
        return switch (e) {
            case ApiCallAttemptTimeoutException timeout -> "TIMEOUT";
            case ApiCallTimeoutException timeout -> "TIMEOUT";
            case AbortedException aborted -> "ABORTED";
            default -> root(e).getClass().getSimpleName();
        };
    }

    private static Throwable root(Throwable failure) {
        var root = failure;
        for (var cause = root.getCause(); cause != null; cause = root.getCause()) root = cause;
        return root;
    }

    private SendEmailRequest request(Message message) {
        return SendEmailRequest.builder()
                .fromEmailAddress(Mailbox.encoded(message.from()))
                .replyToAddresses(
                        message.replyTo().map(Mailbox::encoded).stream().toList())
                .destination(to -> to.toAddresses(message.to()))
                .content(content -> content.simple(simple -> simple.subject(
                                text(message.letter().subject()))
                        .body(body -> body.text(text(message.letter().text()))
                                .html(text(message.letter().html())))
                        .headers(AUTOMATIC)))
                .configurationSetName(configurationSet)
                .emailTags(tags(message.key(), message.attempt()))
                .build();
    }

    private static Content text(String data) {
        return Content.builder().data(data).charset(UTF_8).build();
    }

    /** Returns the tags that SES repeats in each of its events: up to 256 characters of {@code [A-Za-z0-9_-]}. */
    private static List<MessageTag> tags(SendKey key, String attempt) {
        return List.of(
                tag("incident", key.notice().incident()),
                tag("notice", key.notice().notice()),
                tag("recipient", key.recipient()),
                tag("attempt", attempt));
    }

    private static MessageTag tag(String name, String value) {
        return MessageTag.builder().name(name).value(value).build();
    }
}
