package dk.underret.incident;

import java.util.List;

/** A file was refused; the findings say why. Its message holds codes only, so that it may be logged. */
public final class FindingsException extends Exception {
    private final transient List<Finding> findings;

    /** Refuses with these findings, at least one. */
    public FindingsException(List<Finding> findings) {
        super("refused: "
                + findings.stream().map(f -> f.code().name()).distinct().toList());
        this.findings = List.copyOf(findings);
    }

    /** Refuses with one finding. */
    public FindingsException(Finding finding) {
        this(List.of(finding));
    }

    /** All that was found, in the order of the file. */
    public List<Finding> findings() {
        return findings;
    }
}
