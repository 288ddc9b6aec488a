package dk.underret.local;

import java.util.List;

/** The names of the local buckets and of the configuration set. On AWS, the stack generates them. */
final class ResourceNames {
    static final String UPLOADS = "uploads";
    static final String WORK = "work";
    static final String EVIDENCE = "evidence";
    static final List<String> BUCKETS = List.of(UPLOADS, WORK, EVIDENCE);
    static final String CONFIGURATION_SET = "underret";

    private ResourceNames() {}
}
