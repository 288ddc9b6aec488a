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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All helpers that a letter can use. {@link TagLint} checks their arguments before any of them runs. */
final class HelperFunctions {
    /** Helpers that open a block. */
    static final Set<String> BLOCKS = Set.of("if", "unless", "each", "with", "eq", "neq", "and", "or", "not");

    /** Helpers that test a condition, in parentheses or as a block. */
    static final Set<String> TESTS = Set.of("eq", "neq", "and", "or", "not");

    /** Helpers that format a value in the letter's language. */
    static final Set<String> FORMATTERS = Set.of("date", "period", "list", "number");

    private final Handlebars handlebars;
    private final Formats formats;

    private HelperFunctions(Handlebars handlebars, Formats formats) {
        this.handlebars = handlebars;
        this.formats = formats;
    }

    /** Registers all helpers. */
    static void register(Handlebars handlebars, Formats formats) {
        var functions = new HelperFunctions(handlebars, formats);
        functions.test("if", (value, more) -> holds(value));
        functions.test("unless", (value, more) -> !holds(value));
        functions.test("not", (value, more) -> !holds(value));
        functions.test("eq", (value, more) -> isEqual(value, more[0]));
        functions.test("neq", (value, more) -> !isEqual(value, more[0]));
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

    /** Registers a test: as a block it prints one of two branches, in parentheses it is a value. */
    private void test(String name, Test test) {
        add(name, (value, options) -> {
            boolean holds = test.holds(value, options.params);
            if (options.tagType != TagType.SECTION) return holds;
            return holds ? options.fn(options.context) : options.inverse(options.context);
        });
    }

    private static boolean holds(@Nullable Object value) {
        return value instanceof TemplateValue model ? model.holds() : Truthiness.of(value);
    }

    private static boolean isEqual(@Nullable Object one, @Nullable Object other) {
        if (one == null) return other == null || isEqual("", other);
        if (other == null) return isEqual(one, "");
        if (one instanceof TemplateValue left) return left.isEqualTo(other);
        return other instanceof TemplateValue right ? right.isEqualTo(one) : Texts.same(Texts.of(one), Texts.of(other));
    }

    private static Object each(@Nullable Object value, Options options) throws IOException {
        if (!(value instanceof List<?> items) || items.isEmpty()) return options.inverse(options.context);
        var printed = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            var scope = scopeOf(options, items.get(i))
                    .combine("@index", i)
                    .combine("@first", i == 0 ? "first" : "")
                    .combine("@last", i == items.size() - 1 ? "last" : "");
            printed.append(options.fn(scope.build()));
        }
        return printed;
    }

    private static Object with(@Nullable Object value, Options options) throws IOException {
        if (!(value instanceof Map<?, ?> fields) || fields.isEmpty()) return options.inverse(options.context);
        return options.fn(scopeOf(options, fields).build());
    }

    /** Opens a scope right under the root, so that Handlebars doesn't look for a missing name in the blocks around it. */
    private static Context.Builder scopeOf(Options options, @Nullable Object item) {
        var root = options.context;
        for (var parent = root.parent(); parent != null; parent = parent.parent()) root = parent;
        return Context.newBuilder(root, item);
    }

    private Object date(@Nullable Object value, Options options) {
        boolean isShort = isShort(options);
        return formatted(value, options, text -> formats.date(text, isShort));
    }

    private Object number(@Nullable Object value, Options options) {
        return formatted(value, options, formats::number);
    }

    private static Object formatted(@Nullable Object value, Options options, UnaryOperator<String> format) {
        if (!(value instanceof TemplateValue model)) throw new MissingValue(options.helperName);
        if (model.value() instanceof Value.Constant constant)
            return model.with(new Value.Constant(format.apply(constant.text())));
        return model.with(new Value.Formatted(model.value(), format));
    }

    private Object period(@Nullable Object value, Options options) {
        if (!(value instanceof Map<?, ?> period)
                || !(period.get("from") instanceof TemplateValue from)
                || !(from.value() instanceof Value.Constant first)) throw new MissingValue(options.helperName);
        var last = period.get("to") instanceof TemplateValue to && to.value() instanceof Value.Constant end
                ? end.text()
                : null;
        return from.with(new Value.Constant(formats.period(first.text(), last, isShort(options))));
    }

    private Object list(@Nullable Object value, Options options) {
        var values = new ArrayList<TemplateValue>();
        if (value instanceof List<?> items) for (Object item : items) values.add(listed(item, options));
        if (values.isEmpty()) throw new MissingValue(options.helperName);
        return values.get(0)
                .with(new Value.Listed(values.stream().map(TemplateValue::value).toList(), formats));
    }

    private static TemplateValue listed(@Nullable Object item, Options options) {
        Object value = item instanceof Map<?, ?> fields ? fields.get(String.valueOf(options.params[0])) : item;
        if (value instanceof TemplateValue model) return model;
        throw new MissingValue(options.helperName);
    }

    private static boolean isShort(Options options) {
        return options.params.length > 0 && Formats.SHORT.equals(options.params[0]);
    }

    private interface Test {
        boolean holds(@Nullable Object value, Object[] more);
    }
}
