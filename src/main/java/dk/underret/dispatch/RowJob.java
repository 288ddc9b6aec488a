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

/** The work that is left for one row. */
sealed interface RowJob {
    /** Returns the row's index in the chunk, from 0. */
    int index();

    ChunkRow row();

    /** Returns how many consecutive attempts were deferred, which sets the length of the pause before the next one. */
    int deferrals();

    /**
     * Sends a row's letter.
     *
     * @param seen the record that the claim replaces: WAITING, or the one that a person decided about; empty for a first claim
     * @param replaced the record under the person's former address, which is ended before the claim
     * @param resend the decision that started the attempt; empty for a list's own row
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

        Send retry(SendRecord waiting, int deferrals) {
            return new Send(index, row, key, Optional.of(waiting), Optional.empty(), resend, deferrals);
        }
    }

    /**
     * Ends a row unsent.
     *
     * @param seen the record that the person decided about
     */
    record End(int index, ChunkRow.End row, SendRecord seen) implements RowJob {
        @Override
        public int deferrals() {
            return 0;
        }
    }

    /** Records a row that cannot be sent. */
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
