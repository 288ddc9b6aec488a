package dk.underret.bench;

/** A constant letter of the same size as the shipped one. */
final class SampleLetter {
    static final String SUBJECT = "Hackerangreb på Multimail: dine personoplysninger er lækket";
    static final String TEXT = "Vi skriver, fordi dine oplysninger er lækket. ".repeat(54);
    static final String HTML =
            "<p style=\"margin:0 0 16px\">Vi skriver, fordi dine oplysninger er lækket.</p>\n".repeat(56);

    private SampleLetter() {}
}
