package dk.underret.letter;

import java.util.Locale;
import java.util.regex.Pattern;
import org.commonmark.renderer.html.UrlSanitizer;

/** Where a letter's links may go: {@code https:}, {@code mailto:} and {@code tel:}, whole addresses only. */
final class Links implements UrlSanitizer {
    private static final Pattern ALLOWED = Pattern.compile(
            "https://[^\\s\\p{Cntrl}\\p{Cf}]+|(mailto|tel):[^\\s\\p{Cntrl}\\p{Cf}]+", Pattern.CASE_INSENSITIVE);

    /** Whether a link to this address is made; else only its words are printed. */
    static boolean allowed(String address) {
        return ALLOWED.matcher(address).matches();
    }

    /** Whether the words are the address, its scheme and a last slash aside. */
    static boolean says(String words, String address) {
        return bare(words).equals(bare(address));
    }

    private static String bare(String address) {
        return Texts.folded(address)
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^(https?://|mailto:|tel:)", "")
                .replaceFirst("/$", "");
    }

    @Override
    public String sanitizeLinkUrl(String url) {
        return allowed(url) ? url : "";
    }

    /** No image is ever remote: there are none. */
    @Override
    public String sanitizeImageUrl(String url) {
        return "";
    }
}
