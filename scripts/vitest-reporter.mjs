// Writes what `npm test` counts of a run of Vitest. Vitest's own JSON leaves out errors that no test has thrown, and a run fails by them all the same.
import { writeFileSync } from "node:fs";
import { relative } from "node:path";

export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const failures = [...modules.flatMap(failuresOf), ...unhandledErrors.map(unhandled)];
    const skipped = tests.filter((test) => test.result().state === "skipped").length;
    const passed = tests.filter((test) => test.result().state === "passed").length;
    const files = [
      ...modules.filter((module) => failuresOf(module).length > 0).map(pathOf),
      ...unhandledErrors.map(pathOfError),
    ];
    writeFileSync(process.env.TEST_REPORT, JSON.stringify({ passed, skipped, failures, files: [...new Set(files)] }));
  }
}

function pathOf(module) {
  return relative(process.cwd(), module.moduleId);
}

/** The file that ran as an error came which no test has thrown; empty where that is not known. */
function pathOfError({ VITEST_TEST_PATH: path }) {
  return path === undefined ? "" : relative(process.cwd(), path);
}

/** What failed in a file: its tests, and what its hooks or its loading have thrown. */
function failuresOf(module) {
  const path = pathOf(module);
  const failedTests = [...module.children.allTests("failed")].map(
    (test) => `${path}: ${test.fullName}: ${firstMessage(test.result().errors)}`,
  );
  const suites = [module, ...module.children.allSuites()];
  const failedHooks = suites.flatMap((suite) => suite.errors().map((error) => `${path}: ${error.message}`));
  const failures = [...failedTests, ...failedHooks];
  if (failures.length === 0 && module.state() !== "passed" && module.state() !== "skipped") {
    return [`${path}: ended as ${module.state()}`];
  }
  return failures;
}

function unhandled(error) {
  const during = [error.VITEST_TEST_PATH, error.VITEST_TEST_NAME].filter(Boolean).join(": ");
  return `outside any test, while this one ran: ${during}: ${error.stack ?? error.message}`;
}

function firstMessage(errors = []) {
  return errors[0]?.stack ?? errors[0]?.message ?? "no reason given";
}
