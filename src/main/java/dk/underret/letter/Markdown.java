package dk.underret.letter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentNodeRendererContext;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;

/** Renders a letter's body as plain text and as HTML, from one parse. Tokens pass through unchanged. */
final class Markdown {
    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private final Node document;
    private final RenderTrace trace;

    Markdown(String body, RenderTrace trace) {
        this.document = PARSER.parse(body);
        this.trace = trace;
    }

    /** Returns the plain text: an empty line between blocks, no wrapping, a link's address after its text unless the text is the address. */
    String text() {
        var renderer = TextContentRenderer.builder()
                .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
                .nodeRendererFactory(TextParts::new)
                .build();
        return renderer.render(document).strip() + "\n";
    }

    /** Returns the HTML with inline styles. */
    String html() {
        var renderer = HtmlRenderer.builder()
                .escapeHtml(true)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    var style = Html.style(tag);
                    if (!style.isEmpty()) attributes.put("style", style);
                })
                .nodeRendererFactory(HtmlParts::new)
                .build();
        return renderer.render(document);
    }

    /** Returns the line, from 1, where elements are nested too deeply to be rendered; 0 if none are. */
    static int tooDeepLine(String body) {
        int depth = 0;
        // A loop, because a recursive visitor would run out of stack.
        for (Node node = PARSER.parse(body); node != null; ) {
            if (depth > LetterLimits.MAX_DEPTH) return Math.max(line(node), 1);
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                depth++;
                continue;
            }
            while (node != null && node.getNext() == null) {
                node = node.getParent();
                depth--;
            }
            if (node != null) node = node.getNext();
        }
        return 0;
    }

    /**
     * Finds images and links that a letter may not have.
     *
     * @param found gets the line, from 1, and {@code ![} or the link's address
     */
    static void findRefused(String body, BiConsumer<Integer, String> found) {
        PARSER.parse(body).accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                found.accept(line(image), "![");
            }

            @Override
            public void visit(Link link) {
                var address = link.getDestination();
                if (address.indexOf(RenderTrace.OPEN) != 0 && !Links.allowed(address))
                    found.accept(line(link), address);
                visitChildren(link);
            }
        });
    }

    private static int line(Node node) {
        var spans = node.getSourceSpans();
        return spans.isEmpty() ? 0 : spans.get(0).getLineIndex() + 1;
    }

    /** Returns a link's address; null if the letter may not link to it. */
    private @Nullable Value allowedAddress(Link link) {
        var address = trace.valueOf(link.getDestination());
        boolean allowed = address.constant()
                ? Links.allowed(trace.constant(address))
                : trace.holds(new ShapeCondition.LinkAllowed(address));
        return allowed ? address : null;
    }

    private String plainText(Node node) {
        var plain = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                plain.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                plain.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak line) {
                plain.append(' ');
            }
        });
        return plain.toString();
    }

    private static void children(Node parent, Consumer<Node> render) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) render.accept(child);
    }

    private final class TextParts implements NodeRenderer {
        private final TextContentNodeRendererContext context;

        TextParts(TextContentNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Link.class, Image.class, Code.class, SoftLineBreak.class, ThematicBreak.class);
        }

        @Override
        public void render(Node node) {
            var out = context.getWriter();
            switch (node) {
                case Link link -> {
                    children(link, context::render);
                    var address = allowedAddress(link);
                    if (address != null && !isAddress(plainText(link), address))
                        out.write(" (" + link.getDestination() + ")");
                }
                case Code code -> out.write(code.getLiteral());
                case SoftLineBreak line -> out.write(" ");
                case ThematicBreak line -> {
                    out.write("----------");
                    out.block();
                }
                default -> children(node, context::render);
            }
        }

        private boolean isAddress(String text, Value address) {
            var value = trace.valueOf(text);
            return (value.constant() && address.constant())
                    ? Links.isAddress(trace.constant(value), trace.constant(address))
                    : trace.holds(new ShapeCondition.TextIsAddress(value, address));
        }
    }

    private final class HtmlParts implements NodeRenderer {
        private final HtmlNodeRendererContext context;

        HtmlParts(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Link.class, Image.class);
        }

        @Override
        public void render(Node node) {
            var address = node instanceof Link link ? allowedAddress(link) : null;
            if (address == null) {
                children(node, context::render);
                return;
            }
            var out = context.getWriter();
            var target = ((Link) node).getDestination();
            out.tag("a", context.extendAttributes(node, "a", new LinkedHashMap<>(Map.of("href", target))));
            children(node, context::render);
            out.tag("/a");
        }
    }
}
