/**
 * Implements the ports over AWS. No other package uses the AWS SDK.
 *
 * <p>Start with {@link dk.underret.aws.Clients}, which creates the SDK's clients. Each port has one class, named after the service
 * and the port: {@code DynamoIncidents}, {@code DynamoRuns} and {@code DynamoLedger} over DynamoDB; {@code S3Lists},
 * {@code S3Letters}, {@code S3Chunks}, {@code S3Evidence} and others over S3; {@code SqsWork} over SQS; {@code SesMailer} and
 * {@code SesAccounts} over SES; {@code KmsKeys} over KMS. The classes named {@code …Item} and {@code …Json} define the stored
 * format: read them for the attributes of a table or the fields of an object.
 */
@NullMarked
package dk.underret.aws;

import org.jspecify.annotations.NullMarked;
