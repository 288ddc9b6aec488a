package dk.underret.local;

import java.util.function.Consumer;

/** Writes the small XML documents of S3's protocol. */
final class Xml {
    private final StringBuilder text = new StringBuilder();

    /** A document of one root element. */
    static String document(String root, Consumer<Xml> content) {
        var xml = new Xml();
        xml.text
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<")
                .append(root)
                .append(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        content.accept(xml);
        return xml.text.append("</").append(root).append('>').toString();
    }

    /** An element with text. */
    Xml leaf(String name, Object value) {
        return element(name, x -> x.text.append(escape(String.valueOf(value))));
    }

    /** An element with elements. */
    Xml element(String name, Consumer<Xml> content) {
        text.append('<').append(name).append('>');
        content.accept(this);
        text.append("</").append(name).append('>');
        return this;
    }

    /** Text between tags; a carriage return would be read back as a line feed. */
    static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "&#13;");
    }
}
