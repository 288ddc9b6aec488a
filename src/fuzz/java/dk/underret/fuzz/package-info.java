/**
 * The fuzzer: runs each {@code @FuzzTest} in its own JVM and reports the inputs that break it.
 *
 * <p>Run {@code mvn -Pfuzz verify [-Dfuzz=60s] [-Dtargets=list,letter] [-Dfuzz.seed=1]}. Findings are written to {@code
 * target/fuzz}. With {@code -Dfuzz=0s} it replays seeds and kept inputs, as {@code .ci/run} does. The fuzz tests themselves are
 * beside the unit tests in {@code src/test}, and every build runs them over the inputs in {@code src/test/resources}.
 *
 * <p>Start with {@code FuzzRun}; {@code FuzzTarget} lists the targets.
 */
package dk.underret.fuzz;
