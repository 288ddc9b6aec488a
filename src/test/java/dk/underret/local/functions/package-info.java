/** Small functions for the tests of the local AWS. They run in child processes like the real functions. */
package dk.underret.local.functions;
