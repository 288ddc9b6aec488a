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

/** Acts on one row: render, wait for a turn, claim, one POST, settle. The letter is made before the claim, so that only one call is ever in doubt. */
final class RowSender {
    /** How old a claim may be when its POST begins: far younger than any claim that another sender calls stale. */
    static final Duration CLAIM_HOLDS = Duration.ofSeconds(15);

    /** Stands as the code of a row whose claim grew too old to POST. */
    static final String CLAIM_TOO_OLD = "CLAIM_TOO_OLD";

    private static final int TOKEN_BYTES = 16;

    private final Ledger ledger;
    private final Mailer mailer;
    private final String run;
    private final CompiledNotice notice;
    private final RateLimiter pace;
    private final Consumer<Outcome> seen;
    private final TimeSource time;
    private final SecureRandom random = new SecureRandom();

    /** {@code seen} is told of every outcome before it is settled; it throws nothing. */
    RowSender(
            Ledger ledger,
            Mailer mailer,
            String run,
            CompiledNotice notice,
            RateLimiter pace,
            Consumer<Outcome> seen,
            TimeSource time) {
        this.ledger = ledger;
        this.mailer = mailer;
        this.run = run;
        this.notice = notice;
        this.pace = pace;
        this.seen = seen;
        this.time = time;
    }

    /**
     * Acts on a row.
     *
     * @param over whether no new claim may be made any more; asked again after the wait for a turn
     */
    Next act(RowJob job, BooleanSupplier over) throws InterruptedException {
        return switch (job) {
            case RowJob.Invalid invalid -> {
                ledger.invalid(invalid.record(run, time.now()));
                yield new Next.Ended();
            }
            case RowJob.End end -> {
                ledger.end(end.seen(), end.row().cause(), end.row().decision(), time.now());
                yield new Next.Ended();
            }
            case RowJob.Send send -> send(send, over);
        };
    }

    private Next send(RowJob.Send job, BooleanSupplier over) throws InterruptedException {
        var rendered = notice.render(job.row());
        if (rendered.isEmpty()) return new Next.NotRendered();
        pace.take();
        if (over.getAsBoolean()) return new Next.Untouched();
        if (job.replaced().isPresent() && !replaced(job, job.replaced().get())) return new Next.Ended();
        var claimed = Stopwatch.start(time);
        var fresh = record(job, rendered.get(), claimed.startedAt());
        return switch (claim(job, fresh)) {
            case Claim.Taken taken -> new Next.Found(taken.record());
            case Claim.Ours ours -> post(job, fresh, rendered.get(), claimed);
        };
    }

    /** Ends the record under the former address first: where somebody was reached by it since, nothing is sent to the new one. */
    private boolean replaced(RowJob.Send job, SendRecord former) {
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

    /** A claim that failed may stand all the same; nothing was POSTed under it, so it is given back. */
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

    private Next post(RowJob.Send job, SendRecord claim, Rendered rendered, Stopwatch claimed) {
        var holds = claimed;
        while (holds.elapsed().compareTo(CLAIM_HOLDS) > 0) {
            var asked = Stopwatch.start(time);
            var next = deferred(job, claim, CLAIM_TOO_OLD, 0);
            if (!(next instanceof Next.Doubted)) return next;
            holds = asked;
        }
        var message = new Message(
                notice.from(), notice.replyTo(), rendered.to(), rendered.letter(), claim.key(), claim.token());
        var outcome = mailer.send(message);
        seen.accept(outcome);
        return switch (outcome) {
            case Accepted accepted -> ended(claim, Trigger.ACCEPT, Optional.of(accepted.messageId()), Optional.empty());
            case Unknown unknown -> ended(claim, Trigger.DOUBT, Optional.empty(), Optional.of(unknown.code()));
            case Refused refused -> refused(job, claim, refused);
            case Deferred deferred -> deferred(job, claim, deferred);
        };
    }

    private Next refused(RowJob.Send job, SendRecord claim, Refused refused) {
        return switch (refused.scope()) {
            case RECIPIENT -> ended(claim, Trigger.REFUSE, Optional.empty(), Optional.of(refused.code()));
            case ACCOUNT -> stop(StopReason.ACCOUNT, deferred(job, claim, refused.code(), 0), job);
        };
    }

    private Next deferred(RowJob.Send job, SendRecord claim, Deferred deferred) {
        return switch (deferred.reason()) {
            case QUOTA -> stop(StopReason.QUOTA, deferred(job, claim, deferred.code(), 0), job);
            case NOT_CONNECTED -> deferred(job, claim, deferred.code(), job.deferrals() + 1);
            case RATE -> {
                pace.throttled();
                yield deferred(job, claim, deferred.code(), job.deferrals() + 1);
            }
        };
    }

    private Next ended(SendRecord claim, Trigger cause, Optional<String> messageId, Optional<String> code) {
        settle(claim, cause, messageId, code);
        return new Next.Ended();
    }

    /**
     * Back to WAITING; where feedback or a person came first, there is nothing left to do.
     *
     * <p>Where another sender called the claim stale, its chunk may be settled by now, and then nobody would come back to a row
     * that waits. So it stays UNKNOWN, and under this claim, which nobody but a person can replace: what was not POSTed yet may be.
     */
    private Next deferred(RowJob.Send job, SendRecord claim, String code, int deferrals) {
        var status = settle(claim, Trigger.DEFER, Optional.empty(), Optional.of(code));
        if (status.equals(Optional.of(SendStatus.UNKNOWN))) return new Next.Doubted();
        if (!status.equals(Optional.of(SendStatus.WAITING))) return new Next.Ended();
        return new Next.Again(job.again(claim.deferred(), deferrals));
    }

    private static Next stop(StopReason reason, Next next, RowJob job) {
        return new Next.Stop(reason, next instanceof Next.Again again ? again.job() : job);
    }

    private Optional<SendStatus> settle(
            SendRecord claim, Trigger cause, Optional<String> messageId, Optional<String> code) {
        return ledger.settle(claim.key(), claim.token(), cause, time.now(), messageId, code);
    }

    /** What is to be done with the row next. */
    sealed interface Next {
        /** Nothing: it has its outcome. */
        record Ended() implements Next {}

        /** Nothing, unless its POST is still to come: another sender called the claim stale, and it still is this sender's. */
        record Doubted() implements Next {}

        /** Nothing: its letter can't be made. */
        record NotRendered() implements Next {}

        /** All of it, by the next message: time ran out or sending stopped before its claim. */
        record Untouched() implements Next {}

        /**
         * Somebody was here before.
         *
         * @param record the one in the ledger
         */
        record Found(SendRecord record) implements Next {}

        /**
         * It was not sent, and may be tried again.
         *
         * @param job the row, with the record that its next claim replaces
         */
        record Again(RowJob job) implements Next {}

        /**
         * It was not sent, and nobody's letter would be now.
         *
         * @param job the row, for later
         */
        record Stop(StopReason reason, RowJob job) implements Next {}
    }

    /** Time gone by on both clocks, the longer counting: the nano clock may stand still in a frozen sandbox, the other may be set back. */
    private record Stopwatch(TimeSource time, Instant startedAt, long startedNanos) {
        static Stopwatch start(TimeSource time) {
            return new Stopwatch(time, time.now(), time.nanos());
        }

        Duration elapsed() {
            var byDay = Duration.between(startedAt, time.now());
            var byNanos = Duration.ofNanos(time.nanos() - startedNanos);
            return byDay.compareTo(byNanos) > 0 ? byDay : byNanos;
        }
    }
}
