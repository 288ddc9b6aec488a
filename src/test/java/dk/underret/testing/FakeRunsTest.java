package dk.underret.testing;

import dk.underret.run.Runs;

class FakeRunsTest extends RunsContract {
    private final FakeRuns runs = new FakeRuns();

    @Override
    protected Runs runs() {
        return runs;
    }
}
