package dk.underret.dispatch;

import dk.underret.incident.FindingCode;
import dk.underret.ledger.Decision;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.run.ChunkRow;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** Something to do for one row. */
sealed interface RowJob {
    /** The row's index in the chunk, from 0. */
    int index();

    /** The row. */
    ChunkRow row();

    /** How often in a row it was not sent, for the length of the pause. */
    int deferrals();

    /**
     * To be sent.
     *
     * @param seen the record that the claim replaces: WAITING, or the one that a person decided about; empty for a first claim
     * @param replaced the record under the person's former address, to be ended before the claim
     * @param resend the decision that it is sent for; empty for a list's own row
     */
    record Send(
            int index,
            ChunkRow.LetterRow row,
            SendKey key,
            Optional<SendRecord> seen,
            Optional<SendRecord> replaced,
            Optional<Decision> resend,
            int deferrals)
            implements RowJob {
        Send(int index, ChunkRow.Send row, SendKey key, Optional<SendRecord> seen) {
            this(index, row, key, seen, Optional.empty(), Optional.empty(), 0);
        }

        Send again(SendRecord waiting, int deferrals) {
            return new Send(index, row, key, Optional.of(waiting), Optional.empty(), resend, deferrals);
        }
    }

    /**
     * To be ended unsent.
     *
     * @param seen the record that the person decided about
     */
    record End(int index, ChunkRow.End row, SendRecord seen) implements RowJob {
        @Override
        public int deferrals() {
            return 0;
        }
    }

    /** To be recorded as one that can't be sent. */
    record Invalid(int index, ChunkRow.Invalid row, SendKey key) implements RowJob {
        @Override
        public int deferrals() {
            return 0;
        }

        SendRecord record(String run, Instant now) {
            var codes = row.codes().stream().map(FindingCode::name).collect(Collectors.joining(" "));
            return SendRecord.invalid(key, new Origin(run, row.row()), codes, now);
        }
    }
}
