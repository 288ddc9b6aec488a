package dk.underret.dispatch;

import dk.underret.dispatch.Mailer.Message;
import dk.underret.dispatch.Outcome.Accepted;
import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Refused;
import dk.underret.dispatch.Outcome.Unknown;
import dk.underret.ledger.Claim;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.LetterVersion;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.SentLetter;
import dk.underret.ledger.Trigger;
import dk.underret.run.StopReason;
import dk.underret.run.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Processes one row: renders the letter, waits for a permit, claims the row, makes one POST, settles. The letter is rendered before
 * the claim, so that the POST is the only step whose outcome can be unknown.
 */
final class RowSender {
    /** The age up to which a POST may start under a claim. Far below the age at which another sender settles the claim as stale. */
    static final Duration MAX_CLAIM_AGE = Duration.ofSeconds(15);

    /** The code of an attempt that was deferred because its claim was older than {@link #MAX_CLAIM_AGE}. */
    static final String CLAIM_TOO_OLD = "CLAIM_TOO_OLD";

    private static final int TOKEN_BYTES = 16;

    private final Ledger ledger;
    private final Mailer mailer;
    private final String run;
    private final CompiledNotice notice;
    private final RateLimiter rateLimiter;
    private final Consumer<Outcome> onOutcome;
    private final TimeSource time;
    private final SecureRandom random = new SecureRandom();

    /** @param onOutcome receives every outcome before it is settled; must not throw */
    RowSender(
            Ledger ledger,
            Mailer mailer,
            String run,
            CompiledNotice notice,
            RateLimiter rateLimiter,
            Consumer<Outcome> onOutcome,
            TimeSource time) {
        this.ledger = ledger;
        this.mailer = mailer;
        this.run = run;
        this.notice = notice;
        this.rateLimiter = rateLimiter;
        this.onOutcome = onOutcome;
        this.time = time;
    }

    /**
     * Processes a row.
     *
     * @param stopped whether new claims are forbidden; checked after the wait for a permit
     */
    RowResult run(RowJob job, BooleanSupplier stopped) throws InterruptedException {
        return switch (job) {
            case RowJob.Invalid invalid -> {
                ledger.invalid(invalid.record(run, time.now()));
                yield new RowResult.Done();
            }
            case RowJob.End end -> {
                ledger.end(end.seen(), end.row().trigger(), end.row().decision(), time.now());
                yield new RowResult.Done();
            }
            case RowJob.Send send -> send(send, stopped);
        };
    }

    private RowResult send(RowJob.Send job, BooleanSupplier stopped) throws InterruptedException {
        var rendered = notice.render(job.row());
        if (rendered.isEmpty()) return new RowResult.NotRendered();
        rateLimiter.acquire();
        if (stopped.getAsBoolean()) return new RowResult.NotClaimed();
        if (job.replaced().isPresent() && !endReplaced(job, job.replaced().get())) return new RowResult.Done();
        var sinceClaim = Stopwatch.start(time);
        var fresh = record(job, rendered.get(), sinceClaim.startedAt());
        return switch (claim(job, fresh)) {
            case Claim.Taken taken -> new RowResult.ClaimTaken(taken.record());
            case Claim.Ours ours -> post(job, fresh, rendered.get(), sinceClaim);
        };
    }

    /**
     * Ends the record under the former address. If a late event shows that the former address was reached, nothing is sent to the
     * new one.
     *
     * @return whether this decision ended the record
     */
    private boolean endReplaced(RowJob.Send job, SendRecord former) {
        var decision = job.resend().orElseThrow();
        return ManualDecisions.isEndedBy(ledger.end(former, Trigger.CLOSE, decision, time.now()), decision);
    }

    private SendRecord record(RowJob.Send job, Rendered rendered, Instant now) {
        var letter = new SentLetter(LetterVersion.of(rendered.source()), rendered.digest());
        if (job.seen().isEmpty()) {
            var origin = new Origin(run, job.row().row());
            return SendRecord.claimed(job.key(), origin, token(), letter, job.resend(), now);
        }
        var seen = job.seen().get();
        return isResend(job.seen())
                ? seen.resent(token(), job.resend().orElseThrow(), letter, now)
                : seen.retried(token(), letter, now);
    }

    private static boolean isResend(Optional<SendRecord> seen) {
        return seen.filter(record -> record.status() != SendStatus.WAITING).isPresent();
    }

    private String token() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Claims the row. A call that failed may have claimed it all the same; no POST was made under that claim, so it is released. */
    private Claim claim(RowJob.Send job, SendRecord fresh) {
        try {
            return isResend(job.seen()) ? ledger.resend(fresh, job.seen().get()) : ledger.claim(fresh, job.seen());
        } catch (RuntimeException e) {
            try {
                settle(fresh, Trigger.DEFER, Optional.empty(), Optional.empty());
            } catch (RuntimeException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    /** Makes the POST. A claim that is too old is deferred instead, unless another sender settled it as stale: see {@link #defer}. */
    private RowResult post(RowJob.Send job, SendRecord claim, Rendered rendered, Stopwatch claimed) {
        var sinceConfirmed = claimed;
        while (sinceConfirmed.elapsed().compareTo(MAX_CLAIM_AGE) > 0) {
            var deferring = Stopwatch.start(time);
            var result = defer(job, claim, CLAIM_TOO_OLD, 0);
            if (!(result instanceof RowResult.ClaimStale)) return result;
            sinceConfirmed = deferring;
        }
        var message = new Message(
                notice.from(), notice.replyTo(), rendered.to(), rendered.letter(), claim.key(), claim.token());
        var outcome = mailer.send(message);
        onOutcome.accept(outcome);
        return switch (outcome) {
            case Accepted accepted -> done(claim, Trigger.ACCEPT, Optional.of(accepted.messageId()), Optional.empty());
            case Unknown unknown -> done(claim, Trigger.DOUBT, Optional.empty(), Optional.of(unknown.code()));
            case Refused refused -> refused(job, claim, refused);
            case Deferred deferred -> deferred(job, claim, deferred);
        };
    }

    private RowResult refused(RowJob.Send job, SendRecord claim, Refused refused) {
        return switch (refused.scope()) {
            case RECIPIENT -> done(claim, Trigger.REFUSE, Optional.empty(), Optional.of(refused.code()));
            case ACCOUNT -> stop(StopReason.ACCOUNT, defer(job, claim, refused.code(), 0), job);
        };
    }

    private RowResult deferred(RowJob.Send job, SendRecord claim, Deferred deferred) {
        return switch (deferred.reason()) {
            case QUOTA -> stop(StopReason.QUOTA, defer(job, claim, deferred.code(), 0), job);
            case NOT_CONNECTED -> defer(job, claim, deferred.code(), job.deferrals() + 1);
            case RATE -> {
                rateLimiter.slowDown();
                yield defer(job, claim, deferred.code(), job.deferrals() + 1);
            }
        };
    }

    private RowResult done(SendRecord claim, Trigger trigger, Optional<String> messageId, Optional<String> code) {
        settle(claim, trigger, messageId, code);
        return new RowResult.Done();
    }

    /**
     * Returns the record to WAITING. If an event or a person changed the record first, nothing is left to do.
     *
     * <p>If another sender settled the claim as stale, the record stays UNKNOWN: its chunk may be settled, and then no message would
     * return to a waiting row. The record keeps this claim's token, and only a person's decision can replace it. So a POST that was
     * not made yet is still allowed.
     */
    private RowResult defer(RowJob.Send job, SendRecord claim, String code, int deferrals) {
        var status = settle(claim, Trigger.DEFER, Optional.empty(), Optional.of(code));
        if (status.equals(Optional.of(SendStatus.UNKNOWN))) return new RowResult.ClaimStale();
        if (!status.equals(Optional.of(SendStatus.WAITING))) return new RowResult.Done();
        return new RowResult.Retry(job.retry(claim.deferred(), deferrals));
    }

    private static RowResult stop(StopReason reason, RowResult deferred, RowJob job) {
        return new RowResult.Stop(reason, deferred instanceof RowResult.Retry retry ? retry.job() : job);
    }

    private Optional<SendStatus> settle(
            SendRecord claim, Trigger trigger, Optional<String> messageId, Optional<String> code) {
        return ledger.settle(claim.key(), claim.token(), trigger, time.now(), messageId, code);
    }

    /** The result of processing a row: says what the caller does with the row next. */
    sealed interface RowResult {
        /** The row has its outcome; nothing is left to do. */
        record Done() implements RowResult {}

        /** Another sender settled this sender's claim as stale. The row stays UNKNOWN under that claim. */
        record ClaimStale() implements RowResult {}

        /** The row's letter could not be rendered; nothing was claimed. */
        record NotRendered() implements RowResult {}

        /** Sending stopped before the claim. A later message processes the row. */
        record NotClaimed() implements RowResult {}

        /**
         * The claim failed because the ledger has another record.
         *
         * @param record the one in the ledger
         */
        record ClaimTaken(SendRecord record) implements RowResult {}

        /**
         * The letter was not sent and can be retried.
         *
         * @param job the row with the record that its next claim replaces
         */
        record Retry(RowJob job) implements RowResult {}

        /**
         * The letter was not sent, and no other letter can be sent now.
         *
         * @param job the row, for a later message
         */
        record Stop(StopReason reason, RowJob job) implements RowResult {}
    }

    /**
     * Measures elapsed time on both clocks and returns the longer: the nano clock may stop in a frozen sandbox, and the wall clock
     * may be set back.
     */
    private record Stopwatch(TimeSource time, Instant startedAt, long startedNanos) {
        static Stopwatch start(TimeSource time) {
            return new Stopwatch(time, time.now(), time.nanos());
        }

        Duration elapsed() {
            var byWallClock = Duration.between(startedAt, time.now());
            var byNanos = Duration.ofNanos(time.nanos() - startedNanos);
            return byWallClock.compareTo(byNanos) > 0 ? byWallClock : byNanos;
        }
    }
}
