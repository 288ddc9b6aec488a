package dk.underret.lambda;

import dk.underret.aws.Clients;
import dk.underret.aws.DynamoIncidents;
import dk.underret.aws.DynamoLedger;
import dk.underret.aws.DynamoRuns;
import dk.underret.aws.KmsKeys;
import dk.underret.aws.S3Chunks;
import dk.underret.aws.S3Evidence;
import dk.underret.aws.S3Letters;
import dk.underret.aws.S3Lists;
import dk.underret.aws.S3PreviewMails;
import dk.underret.aws.S3Previews;
import dk.underret.aws.S3UnreachedLists;
import dk.underret.aws.SesAccounts;
import dk.underret.aws.SesMailer;
import dk.underret.aws.SqsReceipts;
import dk.underret.aws.SqsWork;
import dk.underret.dispatch.DispatchLimits;
import dk.underret.dispatch.DispatchPorts;
import dk.underret.dispatch.Dispatcher;
import dk.underret.dispatch.PreviewMailPorts;
import dk.underret.dispatch.PreviewMailSender;
import dk.underret.feedback.Feedback;
import dk.underret.intake.Intake;
import dk.underret.intake.IntakeLimits;
import dk.underret.intake.IntakePorts;
import dk.underret.letter.ShippedLetters;
import dk.underret.run.Chunk;
import dk.underret.run.TimeSource;
import dk.underret.sweep.Sweep;
import dk.underret.sweep.SweepLimits;
import dk.underret.sweep.SweepPorts;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Builds the domain over AWS with plain constructors. */
final class Wiring {
    /** In bytes. */
    private static final long MEGABYTE = 1_000_000;

    /** Delay before a message that can never succeed is received again: the queue's 100 receives then end within the hour. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(30);

    private Wiring() {}

    /** Builds {@link IntakeHandler}'s domain. */
    static Intake intake(Settings.Intake settings) {
        var clients = new Clients(System.getenv());
        var s3 = clients.s3();
        var dynamoDb = clients.dynamoDb();
        var queue = new SqsWork(clients.sqs(), settings.dispatchQueueUrl());
        var ports = new IntakePorts(
                new S3Lists(s3),
                new S3Letters(s3, settings.uploadsBucket(), new ShippedLetters()),
                new KmsKeys(clients.kms(), settings.macKeyId()),
                new DynamoIncidents(dynamoDb, settings.incidentsTable()),
                new DynamoRuns(dynamoDb, settings.runsTable()),
                new DynamoLedger(dynamoDb, settings.sendsTable(), settings.incidentsTable()),
                new S3Chunks(s3, settings.workBucket()),
                queue,
                new S3Evidence(s3, settings.evidenceBucket()),
                new S3Previews(s3, settings.workBucket()),
                new S3PreviewMails(s3, settings.workBucket(), queue),
                new SesAccounts(clients.sesReads()),
                Clock.systemUTC());
        var senders = settings.senderAddresses().stream()
                .map(address -> address.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        var limits = new IntakeLimits(
                settings.maxListMegabytes() * MEGABYTE,
                settings.maxListRows(),
                senders,
                settings.language(),
                Chunk.ROWS,
                settings.fourEyes());
        return new Intake(ports, limits);
    }

    /** Builds {@link DispatchHandler}'s domain. */
    static Dispatcher dispatcher(Settings.Dispatch settings) {
        var clients = new Clients(System.getenv());
        var s3 = clients.s3();
        var dynamoDb = clients.dynamoDb();
        var ports = new DispatchPorts(
                new DynamoIncidents(dynamoDb, settings.incidentsTable()),
                new S3Letters(s3, settings.uploadsBucket(), new ShippedLetters()),
                new DynamoRuns(dynamoDb, settings.runsTable()),
                new S3Chunks(s3, settings.workBucket()),
                new DynamoLedger(dynamoDb, settings.sendsTable(), settings.incidentsTable()),
                new SqsWork(clients.sqs(), settings.dispatchQueueUrl()),
                new SesMailer(clients.ses(), settings.configurationSet()),
                new SesAccounts(clients.sesReads()));
        var limits = new DispatchLimits(settings.senders(), Duration.ofSeconds(settings.staleAfterSeconds()));
        return new Dispatcher(ports, limits, TimeSource.SYSTEM);
    }

    /** Builds {@link DispatchHandler}'s sender of preview mails. */
    static PreviewMailSender previewMailSender(Settings.Dispatch settings) {
        var clients = new Clients(System.getenv());
        var s3 = clients.s3();
        var ports = new PreviewMailPorts(
                new DynamoIncidents(clients.dynamoDb(), settings.incidentsTable()),
                new S3Letters(s3, settings.uploadsBucket(), new ShippedLetters()),
                new S3PreviewMails(s3, settings.workBucket(), new SqsWork(clients.sqs(), settings.dispatchQueueUrl())),
                new SesMailer(clients.ses(), settings.configurationSet()),
                new SesAccounts(clients.sesReads()));
        return new PreviewMailSender(ports, settings.senders(), TimeSource.SYSTEM);
    }

    /**
     * Returns a callback that makes a message visible again after 30 s, given its receipt handle. Creates the SQS client on
     * demand, because messages that can never succeed are rare.
     */
    static Consumer<String> retrySoon(Settings.Dispatch settings) {
        return receipt -> {
            var sqs = new Clients(System.getenv()).sqs();
            try (var receipts = new SqsReceipts(sqs, settings.dispatchQueueUrl())) {
                receipts.retryAfter(receipt, RETRY_DELAY);
            }
        };
    }

    /** Builds {@link FeedbackHandler}'s domain. */
    static Feedback feedback(Settings.Feedback settings) {
        var dynamoDb = new Clients(System.getenv()).dynamoDb();
        return new Feedback(new DynamoLedger(dynamoDb, settings.sendsTable(), settings.incidentsTable()));
    }

    /** Builds {@link SweepHandler}'s domain. */
    static Sweep sweep(Settings.Sweep settings) {
        var clients = new Clients(System.getenv());
        var s3 = clients.s3();
        var dynamoDb = clients.dynamoDb();
        var ports = new SweepPorts(
                new DynamoIncidents(dynamoDb, settings.incidentsTable()),
                new DynamoRuns(dynamoDb, settings.runsTable()),
                new DynamoLedger(dynamoDb, settings.sendsTable(), settings.incidentsTable()),
                new SqsWork(clients.sqs(), settings.dispatchQueueUrl()),
                new SesAccounts(clients.sesReads()),
                new S3Lists(s3),
                new S3UnreachedLists(s3, settings.workBucket()));
        return new Sweep(ports, new SweepLimits(Duration.ofSeconds(settings.staleAfterSeconds())), TimeSource.SYSTEM);
    }
}
