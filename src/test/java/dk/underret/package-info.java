/**
 * Unit tests and their fixtures, and the integration tests of the local AWS.
 *
 * <p>Run by {@code mvn verify}; {@code mvn test} runs the unit tests alone. A test is in the package of the class that it tests;
 * {@code testing} has the shared fixtures. {@code HouseTest} and {@code SourceRootsTest} check the rules for packages and
 * source roots.
 */
package dk.underret;
