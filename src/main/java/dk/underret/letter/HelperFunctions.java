package dk.underret.letter;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.HelperRegistry;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.TagType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The helpers of a letter: all that there are. Their arguments are checked by the lint before any of them runs. */
final class HelperFunctions {
    /** Decide which part is printed. */
    static final Set<String> BLOCKS = Set.of("if", "unless", "each", "with", "eq", "neq", "and", "or", "not");

    /** Answer yes or no, in parentheses or as a block. */
    static final Set<String> TESTS = Set.of("eq", "neq", "and", "or", "not");

    /** Print a value in the letter's language. */
    static final Set<String> FORMS = Set.of("date", "period", "list", "number");

    private final Handlebars handlebars;
    private final Formats formats;

    private HelperFunctions(Handlebars handlebars, Formats formats) {
        this.handlebars = handlebars;
        this.formats = formats;
    }

    /** Registers them. */
    static void register(Handlebars handlebars, Formats formats) {
        var functions = new HelperFunctions(handlebars, formats);
        functions.test("if", (value, more) -> holds(value));
        functions.test("unless", (value, more) -> !holds(value));
        functions.test("not", (value, more) -> !holds(value));
        functions.test("eq", (value, more) -> same(value, more[0]));
        functions.test("neq", (value, more) -> !same(value, more[0]));
        functions.test(
                "and", (value, more) -> holds(value) && Arrays.stream(more).allMatch(HelperFunctions::holds));
        functions.test(
                "or", (value, more) -> holds(value) || Arrays.stream(more).anyMatch(HelperFunctions::holds));
        functions.add("each", HelperFunctions::each);
        functions.add("with", HelperFunctions::with);
        functions.add("date", functions::date);
        functions.add("number", functions::number);
        functions.add("period", functions::period);
        functions.add("list", functions::list);
        functions.add(HelperRegistry.HELPER_MISSING, (value, options) -> {
            throw new MissingValue(options.helperName);
        });
    }

    private void add(String name, Helper<@Nullable Object> helper) {
        handlebars.registerHelper(name, helper);
    }

    /** A test is a guard around a block, or an answer in parentheses. */
    private void test(String name, Test test) {
        add(name, (value, options) -> {
            boolean yes = test.holds(value, options.params);
            if (options.tagType != TagType.SECTION) return yes;
            return yes ? options.fn(options.context) : options.inverse(options.context);
        });
    }

    private static boolean holds(@Nullable Object value) {
        return value instanceof TemplateValue cell ? cell.holds() : Truthiness.of(value);
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one == null) return other == null || same("", other);
        if (other == null) return same(one, "");
        if (one instanceof TemplateValue cell) return cell.same(other);
        return other instanceof TemplateValue cell ? cell.same(one) : Texts.same(Texts.of(one), Texts.of(other));
    }

    private static Object each(@Nullable Object value, Options options) throws IOException {
        if (!(value instanceof List<?> items) || items.isEmpty()) return options.inverse(options.context);
        var printed = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            var scope = inside(options, items.get(i))
                    .combine("@index", i)
                    .combine("@first", i == 0 ? "first" : "")
                    .combine("@last", i == items.size() - 1 ? "last" : "");
            printed.append(options.fn(scope.build()));
        }
        return printed;
    }

    private static Object with(@Nullable Object value, Options options) throws IOException {
        if (!(value instanceof Map<?, ?> fields) || fields.isEmpty()) return options.inverse(options.context);
        return options.fn(inside(options, fields).build());
    }

    /** A scope of its own right under the root: a name that it lacks is not looked for in the blocks around it. */
    private static Context.Builder inside(Options options, @Nullable Object item) {
        var root = options.context;
        for (var parent = root.parent(); parent != null; parent = parent.parent()) root = parent;
        return Context.newBuilder(root, item);
    }

    private Object date(@Nullable Object value, Options options) {
        boolean shortly = shortly(options);
        return formatted(value, options, text -> formats.date(text, shortly));
    }

    private Object number(@Nullable Object value, Options options) {
        return formatted(value, options, formats::number);
    }

    private static Object formatted(
            @Nullable Object value, Options options, java.util.function.UnaryOperator<String> form) {
        if (!(value instanceof TemplateValue cell)) throw new MissingValue(options.helperName);
        if (cell.value() instanceof Value.Constant constant)
            return cell.as(new Value.Constant(form.apply(constant.text())));
        return cell.as(new Value.Formatted(cell.value(), form));
    }

    private Object period(@Nullable Object value, Options options) {
        if (!(value instanceof Map<?, ?> period)
                || !(period.get("from") instanceof TemplateValue from)
                || !(from.value() instanceof Value.Constant first)) throw new MissingValue(options.helperName);
        var last = period.get("to") instanceof TemplateValue to && to.value() instanceof Value.Constant end
                ? end.text()
                : null;
        return from.as(new Value.Constant(formats.period(first.text(), last, shortly(options))));
    }

    private Object list(@Nullable Object value, Options options) {
        var cells = new ArrayList<TemplateValue>();
        if (value instanceof List<?> items) for (Object item : items) cells.add(word(item, options));
        if (cells.isEmpty()) throw new MissingValue(options.helperName);
        return cells.get(0)
                .as(new Value.Listed(cells.stream().map(TemplateValue::value).toList(), formats));
    }

    private static TemplateValue word(@Nullable Object item, Options options) {
        Object word = item instanceof Map<?, ?> fields ? fields.get(String.valueOf(options.params[0])) : item;
        if (word instanceof TemplateValue cell) return cell;
        throw new MissingValue(options.helperName);
    }

    private static boolean shortly(Options options) {
        return options.params.length > 0 && Formats.SHORT.equals(options.params[0]);
    }

    private interface Test {
        boolean holds(@Nullable Object value, Object[] more);
    }
}
