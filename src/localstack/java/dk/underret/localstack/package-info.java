/**
 * The template as it is, deployed on LocalStack with the artefact that Maven built, and driven from outside by the AWS SDK and CLI.
 * Run by {@code mvn verify -Plocalstack} only; {@code src/test/localstack} starts it.
 */
package dk.underret.localstack;
