/**
 * Tests the template and the built artefact, deployed on LocalStack, from outside with the AWS SDK and CLI.
 *
 * <p>Run {@code mvn verify -Plocalstack}. The scripts in {@code src/localstack/scripts} install, start and stop LocalStack; they need
 * Python 3.11 to 3.13, but no Docker and no account. {@code src/localstack/scripts/readme.sh} runs the README's own commands.
 *
 * <p>Start with {@code DeployedIT}. {@code ScriptsTest} tests the scripts' errors in every build, without LocalStack.
 */
package dk.underret.localstack;
