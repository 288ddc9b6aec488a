/**
 * The real functions in one thread: every call of a port is a point at which a seed decides who goes on, and what goes wrong.
 *
 * <p>Start with {@code Simulation}. A seed is replayed with {@code mvn test -Dtest=SimulationTest -Dseed=<seed>}, which prints what
 * happened, step by step.
 */
package dk.underret.simulation;
