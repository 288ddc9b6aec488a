package dk.underret.bench;

/** A letter of the size that the shipped one has, the same for everybody. */
final class SampleLetter {
    static final String SUBJECT = "Hackerangreb på Multimail: dine personoplysninger er lækket";
    static final String TEXT = "Vi skriver, fordi dine oplysninger er lækket. ".repeat(54);
    static final String HTML =
            "<p style=\"margin:0 0 16px\">Vi skriver, fordi dine oplysninger er lækket.</p>\n".repeat(56);

    private SampleLetter() {}
}
