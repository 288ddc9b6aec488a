package dk.underret.letter;

import java.util.Locale;
import java.util.regex.Pattern;

/** Allows links to {@code https:}, {@code mailto:} and {@code tel:}, complete addresses only. */
final class Links {
    private static final Pattern ALLOWED = Pattern.compile(
            "https://[^\\s\\p{Cntrl}\\p{Cf}]+|(mailto|tel):[^\\s\\p{Cntrl}\\p{Cf}]+", Pattern.CASE_INSENSITIVE);

    private Links() {}

    /** Whether the letter links to this address; if not, only the text of the link is printed. */
    static boolean allowed(String address) {
        return ALLOWED.matcher(address).matches();
    }

    /** Whether the text of a link is its address, apart from the scheme and a trailing slash. */
    static boolean isAddress(String text, String address) {
        return bare(text).equals(bare(address));
    }

    private static String bare(String address) {
        return Texts.folded(address)
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^(https?://|mailto:|tel:)", "")
                .replaceFirst("/$", "");
    }
}
