/** Fuzzing, each {@code @FuzzTest} in a JVM of its own: {@code mvn -Pfuzz verify -Dfuzz=60s}. Start with {@code FuzzRun}. */
package dk.underret.fuzz;
