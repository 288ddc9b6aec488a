/**
 * The local AWS: the services that the functions use, on this machine, without Docker, an account or a network.
 *
 * <p>Run {@code mvn}. It starts the local AWS, sends a list through it and leaves the results in {@code target/local}; the README
 * lists the options. The integration tests, the benchmark and the fault run use the local AWS as well. Its own tests are in
 * {@code src/test}; nothing of it ships.
 *
 * <p>Start with {@link dk.underret.local.LocalRun}, which {@code mvn} runs, and {@link dk.underret.local.LocalAws}, which starts
 * every part. The parts are DynamoDB Local ({@code LocalTables}), ElasticMQ ({@code LocalQueues}), a small S3 ({@code S3Server} over
 * {@code ObjectStore}), a simulated SES v2 ({@link dk.underret.local.SimulatedSes}, also a program of its own), a small KMS
 * ({@code LocalKms}), an SNS topic ({@code SnsTopic}) and Lambda ({@code Function}: child processes with Lambda's own runtime
 * interface client). {@code QueueMapping}, {@code BucketMapping} and {@code Schedule} invoke the functions. Every server listens on
 * 127.0.0.1.
 */
package dk.underret.local;
