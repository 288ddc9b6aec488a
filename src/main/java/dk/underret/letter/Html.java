package dk.underret.letter;

/** The layout of the HTML part: one column, inline styles, readable in dark mode, nothing remote. */
final class Html {
    /** Mail programs that support style sheets invert the colours; the others show the inline ones. Contrast is at least 7:1 in both. */
    private static final String DARK = "@media (prefers-color-scheme:dark){"
            + "body,main{background:#121212!important;color:#f1f1f1!important}a{color:#9ecbff!important}"
            + "blockquote{color:#f1f1f1!important}}";

    private Html() {}

    /** Returns the text with HTML's special characters as entities, the same ones that the Markdown renderer writes. */
    static String escaped(String text) {
        for (int i = 0; i < text.length(); i++) if (special(text.charAt(i))) return escapedFrom(text, i);
        return text;
    }

    private static String escapedFrom(String text, int first) {
        var html = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }

    private static boolean special(char c) {
        return c == '&' || c == '<' || c == '>' || c == '"';
    }

    /**
     * Returns the whole document.
     *
     * @param locale a language tag
     * @param subject escaped
     * @param body the rendered Markdown
     */
    static String page(String locale, String subject, String body) {
        return "<!DOCTYPE html>\n<html lang=\"" + escaped(locale) + "\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                + "<title>" + subject + "</title>\n<style>:root{color-scheme:light dark}" + DARK + "</style>\n</head>\n"
                + "<body style=\"margin:0;padding:0;background:#ffffff;color:#1a1a1a\">\n"
                + "<main style=\"max-width:600px;margin:0 auto;padding:24px 16px;background:#ffffff;color:#1a1a1a;"
                + "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;overflow-wrap:break-word\">\n"
                + body + "</main>\n</body>\n</html>\n";
    }

    /** Returns the inline style of an element; empty if it needs none. */
    static String style(String tag) {
        return switch (tag) {
            case "h1" -> "font-size:24px;line-height:1.25;margin:0 0 16px;hyphens:auto";
            case "h2" -> "font-size:19px;line-height:1.3;margin:24px 0 8px;hyphens:auto";
            case "h3", "h4", "h5", "h6" -> "font-size:16px;line-height:1.4;margin:16px 0 8px;hyphens:auto";
            case "p" -> "margin:0 0 16px";
            case "ul", "ol" -> "margin:0 0 16px;padding-left:24px";
            case "li" -> "margin:0 0 4px";
            case "a" -> "color:#0b4f9e;text-decoration:underline";
            case "blockquote" -> "margin:0 0 16px;padding-left:16px;border-left:4px solid #767676;color:#1a1a1a";
            case "hr" -> "border:0;border-top:1px solid #767676;margin:24px 0";
            case "pre" -> "margin:0 0 16px;white-space:pre-wrap";
            default -> "";
        };
    }
}
