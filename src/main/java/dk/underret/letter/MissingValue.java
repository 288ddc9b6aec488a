package dk.underret.letter;

/** Aborts a rendering in which a printed value is blank. Passes through Handlebars and contains the path only. */
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
