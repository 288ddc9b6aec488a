package dk.underret.letter;

import static dk.underret.letter.LetterFixture.da;
import static dk.underret.letter.LetterFixture.facts;
import static dk.underret.letter.LetterFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.recipient.Recipient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that no letter of a long list contains data of another person, with and without the prepared letter. */
class ManyLettersTest {
    private static final int LETTERS = 100_000;
    private static final int THREADS = 8;
    private static final Pattern CANARY = Pattern.compile("canary-(\\d+)-");
    private static final String SOURCE = """
            Subject: {{incident.title}}: {{recipient.name}}

            # {{incident.title}}

            Kære **{{recipient.name}}** ({{recipient.about}}), nr. {{recipient.nr}}

            {{#each recipient.affected_data}}
            - {{this}}
            {{/each}}

            {{#if recipient.reminder}}
            Du har fået en rykker, {{recipient.name}}.
            {{else}}
            Ingen rykker.
            {{/if}}
            {{#if (and (eq recipient.kind "elev") recipient.about)}}

            Om eleven {{recipient.about}}.
            {{/if}}

            {{#each incident.sections}}
            ## {{heading}}

            {{text}} - skriv til [{{recipient.desk}}](mailto:{{recipient.desk}}).

            {{/each}}
            Hilsen {{incident.controller.name}}
            """;
    private static final Map<String, Object> FACTS = facts("""
            {'title': 'Brud <1> & *2*', 'controller': {'name': 'Å_Skole [Nord]'},
             'affected_data': [{'items': ['navn', 'CPR']}, {'items': ['karakterer'], 'applies_to': {'kind': 'elev'}}],
             'sections': [{'heading': '1. A', 'text': '# x'},
                          {'heading': 'Rykker', 'text': 'se', 'only_if': {'reminder': 'ja'}}]}
            """);
    private static final String[] WORDS = {
        "Bo",
        "Søren Ærø",
        "O'Neil",
        "<script>alert(1)</script>",
        "*x*",
        "_y_",
        "[a](javascript:b)",
        "{{z}}",
        "# h",
        "1. i",
        "- j",
        "a\nb",
        "a  \n\n  b",
        "&amp;",
        "`c`",
        "\\d",
        "\u202eabc",
        "![k](l)",
        "http://m.example",
        "~~n~~",
        "a|b",
        "\"q\"",
        "😀",
        "½"
    };

    @Test
    void a_prepared_letter_renders_the_same_as_handlebars_and_markdown_for_each_row() throws IOException {
        var random = new Random(34);
        var prepared = da(SOURCE).prepare(FACTS);
        var plain = new PlainLetter(SOURCE, FACTS);
        for (int i = 0; i < 2_000; i++) {
            var row = random(random);
            assertThat(prepared.render(row))
                    .as("seed 34, row %d: %s", i, row.values())
                    .isEqualTo(plain.render(row));
        }
    }

    private static Recipient random(Random random) {
        return row(
                "name",
                word(random).replace('\n', ' ') + " " + random.nextInt(1000),
                "about",
                word(random),
                "nr",
                "n" + random.nextInt(),
                "kind",
                random.nextBoolean() ? "elev" : word(random),
                "reminder",
                List.of("", "ja", "nej", "0", "Ja ", "x").get(random.nextInt(6)),
                "affected_data",
                random.nextInt(3) > 0 ? "" : word(random) + "|" + word(random),
                "desk",
                "d" + random.nextInt(50) + "@s.example");
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /** The threads share the list and one prepared letter, as in Dispatch. */
    @Test
    void no_letter_of_100_000_contains_another_persons_data() throws InterruptedException, ExecutionException {
        var prepared = da(SOURCE).prepare(FACTS);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var shares = IntStream.range(0, THREADS)
                    .<Callable<List<String>>>mapToObj(first -> () -> wrongLetters(prepared, first))
                    .toList();
            for (var share : threads.invokeAll(shares)) assertThat(share.get()).isEmpty();
        }
    }

    /** Returns the letters of one thread that contain another canary than their recipient's, or none. */
    private static List<String> wrongLetters(PreparedLetter prepared, int first) {
        var wrongLetters = new ArrayList<String>();
        for (int i = first; i < LETTERS; i += THREADS) {
            var letter = prepared.render(canaries(i));
            var named = CANARY.matcher(letter.subject() + letter.text() + letter.html())
                    .results()
                    .map(found -> found.group(1))
                    .distinct()
                    .toList();
            if (!named.equals(List.of(Integer.toString(i)))) wrongLetters.add("the letter to " + i + " names " + named);
        }
        return wrongLetters;
    }

    private static Recipient canaries(int i) {
        var canary = "canary-" + i + "-";
        return row(
                "name", canary + "name",
                "about", canary + "about",
                "nr", canary + "nr",
                "kind", i % 3 == 0 ? "elev" : canary + "kind",
                "reminder", i % 5 == 0 ? "ja" : "",
                "affected_data", i % 2 == 0 ? "" : canary + "a|" + canary + "b",
                "desk", canary + "@s.example");
    }

    @Test
    void a_guard_that_differs_in_every_row_uses_bounded_memory_and_mixes_no_rows() {
        var prepared =
                da("Subject: x\n\n{{#if (or (eq recipient.a recipient.b) (eq recipient.a 'x'))}}{{recipient.a}}{{else}}"
                                + "{{list recipient.affected_data}}{{/if}}")
                        .prepare(Map.of());
        for (int i = 1; i < 1_500; i++) {
            var words = new ArrayList<String>();
            for (int word = 0; word < i; word++) words.add("w" + word);
            assertThat(prepared.render(row("a", "1", "b", "2", "affected_data", String.join("|", words)))
                            .text())
                    .startsWith("w0")
                    .endsWith("w" + (i - 1) + "\n");
        }
    }
}
