/**
 * Fixtures that tests share: fakes of the ports, contracts that a fake and its AWS implementation must both meet, and the local AWS
 * as a JUnit extension ({@link dk.underret.testing.WithLocalAws}).
 */
package dk.underret.testing;
