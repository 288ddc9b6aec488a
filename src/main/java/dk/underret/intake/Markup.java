package dk.underret.intake;

import java.util.List;

/** Builds HTML; escapes every text. */
final class Markup {
    private final StringBuilder html = new StringBuilder();

    /** Appends markup unescaped: never a value from outside. */
    Markup raw(String markup) {
        html.append(markup).append('\n');
        return this;
    }

    /** Appends an element that holds a text. */
    Markup text(String tag, String text) {
        var name = tag.split(" ", 2)[0];
        return raw("<" + tag + ">" + escaped(text) + "</" + name + ">");
    }

    /** Appends a table row whose first cell is its header. */
    void row(List<String> cells) {
        html.append("<tr><th scope=\"row\">").append(escaped(cells.getFirst())).append("</th>");
        cells.stream()
                .skip(1)
                .forEach(cell -> html.append("<td>").append(escaped(cell)).append("</td>"));
        raw("</tr>");
    }

    /** Appends a document in a sandboxed frame, where no script runs and no link opens. */
    Markup frame(String title, String document) {
        return raw(
                "<iframe sandbox=\"\" title=\"" + escaped(title) + "\" srcdoc=\"" + escaped(document) + "\"></iframe>");
    }

    /** Escapes a text for elements and for attributes in double quotes. */
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
