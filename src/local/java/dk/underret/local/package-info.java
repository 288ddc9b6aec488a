/**
 * AWS on this machine, for the local run and the integration tests; nothing of it ships.
 *
 * <p>Start with {@link dk.underret.local.LocalAws}, which starts every part and waits for what it is asked to wait for;
 * {@link dk.underret.local.LocalRun} is what {@code mvn} runs. The parts: DynamoDB Local ({@code Tables}), ElasticMQ ({@code
 * Queues}), a small S3 ({@code S3Server} over {@code Objects}), a simulated SES v2 ({@link dk.underret.local.SimulatedSes}, also
 * a process of its own), a small KMS, and Lambda ({@code Function}: child processes with Lambda's own runtime interface client;
 * {@code QueueMapping}, {@code BucketMapping} and {@code Schedule}: what invokes them). Everything listens on 127.0.0.1.
 */
package dk.underret.local;
