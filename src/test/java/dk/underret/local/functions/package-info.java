/** Small functions for the tests of the local AWS: they run in child processes, as the real ones do. */
package dk.underret.local.functions;
