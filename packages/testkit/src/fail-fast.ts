// Run before the tests of every file.
import fc from "fast-check";

/** How long a property may take, the search for its smallest counterexample included, in milliseconds. */
const PROPERTY_LIMIT_MS = 15_000;

// Without a limit a failing property looks for a smaller case for minutes. One that has not had all its runs by then has not passed.
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  interruptAfterTimeLimit: PROPERTY_LIMIT_MS,
  markInterruptAsFailure: true,
});
