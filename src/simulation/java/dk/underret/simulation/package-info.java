/**
 * The simulation: the real functions in one thread over simulated ports. Each call of a port is a point at which a seed decides
 * which thread continues and what fails.
 *
 * <p>Run as part of {@code mvn verify}, with 20,000 seeds. {@code mvn test -Dtest=SimulationTest -Dseed=<seed>} replays one seed
 * and prints every step; {@code -Dseeds=<count>} changes the number of seeds.
 *
 * <p>Start with {@code SimulationTest} and {@code Simulation}; {@code Oracle} decides whether a seed ended well.
 */
package dk.underret.simulation;
