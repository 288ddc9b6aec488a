package dk.underret.aws;

import dk.underret.incident.Incidents;
import dk.underret.testing.HoldContract;
import dk.underret.testing.LocalDynamo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalDynamo.class)
class HoldItemTest extends HoldContract {
    private static LocalDynamo.Server server;

    @BeforeAll
    static void start(LocalDynamo.Server running) {
        server = running;
    }

    @Override
    protected Incidents incidents() {
        return new DynamoIncidents(server.client(), server.tables().incidents());
    }
}
