package dk.underret.intake;

import java.util.List;

/** HTML as it is written: every text that goes in is escaped. */
final class Markup {
    private final StringBuilder html = new StringBuilder();

    /** Markup of our own, as it is. */
    Markup raw(String markup) {
        html.append(markup).append('\n');
        return this;
    }

    /** An element that holds a text. */
    Markup text(String tag, String text) {
        var name = tag.split(" ", 2)[0];
        return raw("<" + tag + ">" + escaped(text) + "</" + name + ">");
    }

    /** One row of a table: its first cell heads it. */
    Markup row(List<String> cells) {
        html.append("<tr><th scope=\"row\">").append(escaped(cells.getFirst())).append("</th>");
        cells.stream()
                .skip(1)
                .forEach(cell -> html.append("<td>").append(escaped(cell)).append("</td>"));
        return raw("</tr>");
    }

    /** A document in a frame of its own, in which nothing runs and from which nothing leads out. */
    Markup frame(String title, String document) {
        return raw(
                "<iframe sandbox=\"\" title=\"" + escaped(title) + "\" srcdoc=\"" + escaped(document) + "\"></iframe>");
    }

    /** A text without markup, for elements and for attributes in double quotes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
