package dk.underret.incident;

import java.util.List;

/** Thrown when a file is refused. The findings say why; the message holds only their codes, so that it may be logged. */
public final class FindingsException extends Exception {
    private final transient List<Finding> findings;

    /** Creates an exception with one or more findings. */
    public FindingsException(List<Finding> findings) {
        super("refused: "
                + findings.stream().map(f -> f.code().name()).distinct().toList());
        this.findings = List.copyOf(findings);
    }

    /** Creates an exception with one finding. */
    public FindingsException(Finding finding) {
        this(List.of(finding));
    }

    /** Returns all findings, in the order of the file. */
    public List<Finding> findings() {
        return findings;
    }
}
