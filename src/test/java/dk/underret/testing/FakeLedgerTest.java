package dk.underret.testing;

import dk.underret.incident.NoticeId;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.SendRecord;

class FakeLedgerTest extends LedgerContract {
    private final FakeLedger ledger = new FakeLedger();

    @Override
    protected Ledger ledger() {
        return ledger;
    }

    @Override
    protected void freeze(NoticeId notice, int spread) {
        // The fake doesn't partition its records.
    }

    @Override
    protected void put(SendRecord record) {
        ledger.put(record);
    }
}
