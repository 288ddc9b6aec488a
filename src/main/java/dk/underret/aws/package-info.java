/**
 * The ports over AWS: the only package that uses the SDK. DynamoDB behind {@code Incidents}, {@code Ledger} and {@code Runs}, S3
 * behind {@code Lists}, {@code Letters}, {@code Chunks} and {@code Evidence}, SQS behind {@code Work}, SES behind {@code Mailer}
 * and {@code Accounts}, KMS behind {@code Keys}.
 */
@NullMarked
package dk.underret.aws;

import org.jspecify.annotations.NullMarked;
