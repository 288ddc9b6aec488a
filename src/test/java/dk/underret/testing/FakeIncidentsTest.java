package dk.underret.testing;

import dk.underret.incident.Incidents;

class FakeIncidentsTest extends HoldContract {
    @Override
    protected Incidents incidents() {
        return new FakeIncidents();
    }
}
