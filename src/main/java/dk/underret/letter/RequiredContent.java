package dk.underret.letter;

import java.util.Locale;

/** The content that a letter must have for each person: GDPR Art. 34(2) with Art. 33(3)(b)-(d). */
public enum RequiredContent {
    /** The nature of the breach. */
    NATURE,
    /** The kinds of this person's data. */
    DATA,
    /** The likely consequences. */
    CONSEQUENCES,
    /** The measures taken or proposed. */
    MEASURES,
    /** The name of the controller. */
    CONTROLLER,
    /** The contact for questions. */
    CONTACT;

    /** The word for it in a letter's {@code Covers:} line and in findings. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
