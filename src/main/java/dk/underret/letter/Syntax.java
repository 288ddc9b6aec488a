package dk.underret.letter;

import java.util.List;

/** The syntax tree of a letter's tags, with lines from 1. It leaves out the text between them. */
sealed interface Syntax {
    /** A printed value: a path or a call of a helper. */
    record Print(Printable value, int line) implements Syntax {}

    /** A block and its {@code else} branch. */
    record Block(String helper, List<Argument> arguments, List<Syntax> body, List<Syntax> otherwise, int line)
            implements Syntax {
        public Block {
            arguments = List.copyOf(arguments);
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** An argument of a tag. */
    sealed interface Argument {}

    /** An argument that a tag can print; the grammar has no tag of a literal. */
    sealed interface Printable extends Argument {}

    /** A path as written in the letter. */
    record Path(String text, int line) implements Printable {}

    /** A text in quotes, a number, true or false. */
    record Literal(String text) implements Argument {}

    /** A call of a helper, in parentheses or printed. */
    record Call(String helper, List<Argument> arguments, int line) implements Printable {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
