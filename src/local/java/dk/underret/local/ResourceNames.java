package dk.underret.local;

import java.util.List;

/** What things are called here; on AWS the stack names them. */
final class ResourceNames {
    static final String UPLOADS = "uploads";
    static final String WORK = "work";
    static final String EVIDENCE = "evidence";
    static final List<String> BUCKETS = List.of(UPLOADS, WORK, EVIDENCE);
    static final String CONFIGURATION_SET = "underret";

    private ResourceNames() {}
}
