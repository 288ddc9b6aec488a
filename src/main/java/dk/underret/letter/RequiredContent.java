package dk.underret.letter;

/** What a letter must tell each person: GDPR Art. 34(2) with Art. 33(3)(b)-(d). Its name in lower case is the word of {@code Covers:}. */
public enum RequiredContent {
    /** What happened. */
    NATURE,
    /** Which kinds of this person's data. */
    DATA,
    /** What may come of it. */
    CONSEQUENCES,
    /** What was done or is proposed. */
    MEASURES,
    /** Who is responsible. */
    CONTROLLER,
    /** Whom to ask. */
    CONTACT;

    /** The word for it in a letter's {@code Covers:} line. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
