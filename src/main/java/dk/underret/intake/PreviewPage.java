package dk.underret.intake;

import dk.underret.incident.Finding;
import dk.underret.incident.Severity;
import dk.underret.intake.Preview.Shown;
import dk.underret.intake.PublicTexts.PublicText;
import dk.underret.letter.Letter;
import dk.underret.letter.Lix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a {@link Preview} as one HTML file, which loads nothing and runs no script. */
final class PreviewPage {
    private static final String STYLE =
            ":root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--line:#767676;--soft:#f2f4f7;"
                    + "--stop:#8c1515}"
                    + "@media (prefers-color-scheme:dark){:root{--ink:#f1f1f1;--paper:#121212;--line:#8f8f8f;--soft:#1f2226;"
                    + "--stop:#ffb0a8}}"
                    + "body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 Arial,Helvetica,sans-serif}"
                    + "main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:break-word}"
                    + "h1,h2,h3{hyphens:auto}"
                    + "h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}h2{font-size:1.25rem;margin:2.5rem 0 .5rem}"
                    + "h3{font-size:1.05rem;margin:1.75rem 0 .25rem}p{margin:0 0 .75rem;max-width:42rem}"
                    + ".state{background:var(--soft);border-left:.3rem solid var(--line);padding:.75rem 1rem;max-width:none}"
                    + ".stop{border-color:var(--stop)}"
                    + "table{border-collapse:collapse;width:100%}"
                    + "th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);"
                    + "overflow-wrap:anywhere}th{width:45%}.state p:last-child{margin:0}"
                    + ".findings{list-style:none;margin:0;padding:0}.findings li{border-left:.3rem solid var(--line);"
                    + "padding:.1rem 0 .1rem 1rem;margin:0 0 1rem}.findings .REFUSES{border-color:var(--stop)}"
                    + ".findings p{margin:0}.where{font-size:.875rem;overflow-wrap:anywhere}"
                    + "iframe{display:block;width:100%;height:38rem;border:1px solid var(--line);resize:vertical;box-sizing:border-box;"
                    + "background:var(--paper)}details{margin:.5rem 0}summary{cursor:pointer}"
                    + "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--soft);padding:1rem;margin:.5rem 0}";

    /** Allows the inline styles of the letters in their frames, and nothing else. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final Preview preview;
    private final PreviewMessages messages;
    private final Markup page = new Markup();

    PreviewPage(Preview preview, PreviewMessages messages) {
        this.preview = preview;
        this.messages = messages;
    }

    /** Returns the whole page. */
    String html() {
        var title = messages.of("title")
                + preview.incident().title().map(t -> ": " + t).orElse("");
        page.raw("<!DOCTYPE html>\n<html lang=\"" + messages.language().tag() + "\">\n<head>\n<meta charset=\"utf-8\">")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .raw("<meta name=\"robots\" content=\"noindex\">")
                .text("title", title)
                .raw("<style>" + STYLE + "</style>\n</head>\n<body>\n<main>")
                .text("h1", title);
        state();
        counts();
        findings();
        letters();
        texts();
        return page.raw("</main>\n</body>\n</html>").toString();
    }

    private void state() {
        var stops = preview.findings().counts().entrySet().stream()
                .filter(count -> count.getKey().severity() == Severity.REFUSES)
                .mapToLong(Map.Entry::getValue)
                .sum();
        page.raw(stops == 0 ? "<div class=\"state\">" : "<div class=\"state stop\">")
                .text("p", messages.of("draft"))
                .text("p", stops == 0 ? messages.of("ready") : messages.of("stops", stops))
                .raw("</div>");
    }

    private void counts() {
        var facts = new LinkedHashMap<String, String>();
        var samples = preview.samples();
        facts.put(messages.of("list"), preview.file());
        facts.put(messages.of("rows"), messages.count(preview.rows()));
        facts.put(messages.of("letters"), messages.count(preview.forecast().letters()));
        samples.letters()
                .forEach((locale, count) ->
                        facts.put(messages.of("letters.in", messages.language(locale)), messages.count(count)));
        facts.put(messages.of("invalid"), messages.count(samples.invalid()));
        facts.put(messages.of("duplicate"), messages.count(samples.duplicate()));
        samples.skipped()
                .forEach((reason, count) -> facts.put(messages.or("skipped." + reason, reason), messages.count(count)));
        preview.incident().from().ifPresent(from -> facts.put(messages.of("from"), from));
        preview.incident().replyTo().ifPresent(reply -> facts.put(messages.of("reply"), reply));
        facts.put(
                messages.of("start"),
                preview.incident().sendAfter().isEmpty()
                        ? messages.of("start.now")
                        : messages.time(preview.forecast().start()));
        facts.put(
                messages.of("finish"),
                preview.forecast()
                        .finish()
                        .map(finish -> messages.of("finish.now", messages.time(finish)))
                        .orElse(messages.of("finish.never")));
        page.text("h2", messages.of("what")).raw("<table>\n<tbody>");
        facts.forEach((what, value) -> page.row(List.of(what, value)));
        page.raw("</tbody>\n</table>");
    }

    private void findings() {
        var byLaw = preview.findings().listed().stream()
                .collect(Collectors.partitioningBy(
                        finding -> !finding.code().article().isEmpty()));
        findings("article34", byLaw.getOrDefault(true, List.of()));
        findings("problems", byLaw.getOrDefault(false, List.of()));
        preview.findings()
                .rest()
                .forEach((code, count) -> page.text("p", messages.of("rest", messages.count(count), code)));
    }

    private void findings(String section, List<Finding> findings) {
        page.text("h2", messages.of(section));
        if (findings.isEmpty()) {
            page.text("p", messages.of(section + ".none"));
            return;
        }
        page.raw("<ul class=\"findings\">");
        findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .forEach(finding -> page.raw("<li class=\"" + finding.severity() + "\">")
                        .text("strong", messages.of("severity." + finding.severity()))
                        .text("p", finding.message(messages.language()))
                        .text("p class=\"where\"", where(finding))
                        .raw("</li>"));
        page.raw("</ul>");
    }

    private String where(Finding finding) {
        var parts = new ArrayList<String>(List.of(finding.file()));
        var row = finding.file().equals(preview.file()) ? "where.row" : "where.line";
        if (finding.row() > 0) parts.add(messages.of(row, Long.toString(finding.row())));
        parts.add(finding.column());
        var place = parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
        return Stream.of(place, finding.code().name(), finding.code().article())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private void letters() {
        page.text("h2", messages.of("shown"));
        var made = preview.letters().stream().anyMatch(shown -> shown.letter().isPresent());
        page.text("p", messages.of(made ? "shown.why" : "shown.none"));
        if (made) preview.letters().forEach(this::letter);
    }

    private void letter(Shown shown) {
        var number = Long.toString(shown.sample().person().row());
        var row = messages.of("row", number);
        var why = shown.sample().why().stream()
                .map(reason -> messages.of(
                        "why." + reason, messages.language(shown.sample().locale())))
                .collect(Collectors.joining(", "));
        page.text("h3", row + ": " + why);
        shown.letter()
                .ifPresentOrElse(
                        letter -> document(letter, messages.of("frame", number)),
                        () -> page.text("p", messages.of("failed")));
    }

    private void document(Letter letter, String title) {
        page.text("p", messages.of("subject") + ": " + letter.subject())
                .frame(title, letter.html())
                .raw("<details>")
                .text("summary", messages.of("plain"))
                .text("pre lang=\"" + Markup.escaped(letter.locale()) + "\"", letter.text())
                .raw("</details>")
                .text("p", messages.of("lix", Lix.of(letter.text())));
    }

    private void texts() {
        if (preview.texts().isEmpty()) return;
        page.text("h2", messages.of("public")).text("p", messages.of("public.why"));
        for (PublicText text : preview.texts()) {
            var title = messages.of(
                    "public.frame",
                    messages.of(text.name()),
                    messages.language(text.text().locale()));
            page.text("h3", title);
            document(text.text(), title);
        }
    }
}
