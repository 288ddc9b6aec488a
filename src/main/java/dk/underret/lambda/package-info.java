/**
 * The Lambda functions. Each handler turns its event into one call of the domain, logs the result and decides whether AWS retries.
 *
 * <p>Start with {@code Wiring}, which builds the domain over AWS from the function's {@code Settings}. Then read a handler:
 * {@link dk.underret.lambda.IntakeHandler} (S3 uploads), {@link dk.underret.lambda.DispatchHandler} (queue of chunks),
 * {@link dk.underret.lambda.FeedbackHandler} (SES events) or {@link dk.underret.lambda.SweepHandler} (schedule). All log through
 * {@link dk.underret.lambda.Log}. Nothing uses this package.
 */
@NullMarked
package dk.underret.lambda;

import org.jspecify.annotations.NullMarked;
