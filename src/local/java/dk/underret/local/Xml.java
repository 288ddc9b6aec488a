package dk.underret.local;

import java.util.function.Consumer;

/** Writes the small XML documents of S3's protocol. */
final class Xml {
    private final StringBuilder text = new StringBuilder();

    /** Creates a document with a root element. */
    static String document(String root, Consumer<Xml> content) {
        var xml = new Xml();
        xml.text
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<")
                .append(root)
                .append(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        content.accept(xml);
        return xml.text.append("</").append(root).append('>').toString();
    }

    /** Adds an element with text. */
    Xml leaf(String name, Object value) {
        return element(name, x -> x.text.append(escape(String.valueOf(value))));
    }

    /** Adds an element with child elements. */
    Xml element(String name, Consumer<Xml> content) {
        text.append('<').append(name).append('>');
        content.accept(this);
        text.append("</").append(name).append('>');
        return this;
    }

    /** Escapes text. A literal carriage return would be parsed as a line feed, so it is escaped as well. */
    static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "&#13;");
    }
}
