package dk.underret.letter;

/** A print that would be a blank, on its way out through Handlebars. Holds the path only. */
final class MissingValue extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String path;

    MissingValue(String path) {
        super(path, null, false, false);
        this.path = path;
    }

    String path() {
        return path;
    }
}
