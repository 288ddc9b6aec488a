package dk.underret.letter;

import java.util.List;

/** A letter's template as a tree: what it prints and what it decides, with lines and columns from 1. Its words are not in it. */
sealed interface Syntax {
    /** Something that is printed: a path or a call of a helper. */
    record Print(Argument what, int line) implements Syntax {}

    /** A block with the part that is printed otherwise. */
    record Block(String helper, List<Argument> arguments, List<Syntax> body, List<Syntax> otherwise, int line)
            implements Syntax {
        public Block {
            arguments = List.copyOf(arguments);
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** What stands in a tag. */
    sealed interface Argument {}

    /** A path as the letter has it. */
    record Path(String text, int line) implements Argument {}

    /** A text in quotes, a number, true or false. */
    record Literal(String text) implements Argument {}

    /** A helper with its arguments, in parentheses or printed. */
    record Call(String helper, List<Argument> arguments, int line) implements Argument {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
