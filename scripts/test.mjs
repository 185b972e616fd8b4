// `npm test`: sets up, then checks and tests everything, and ends with a summary. `npm test -- NAME …` runs only the
// steps named: types, lint, proto, unused, unit, bench, browser, lighthouse. `npm test -- FILE …` runs only the tests in these files.
// In CI, files of tests that fail run once more, by themselves. What passes then does not fail the run, and is named as flaky at its end.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { findBrowser } from "./find-browser.mjs";
import { fail, root, setup, toolEnvironment } from "./setup.mjs";

const reports = join(root, "node_modules", ".cache", "triptych", "reports");
const isCi = process.env.CI === "true";
/** Vitest would leave one core unused: of two that is half of what there is. */
const workers = availableParallelism();
const workspaces = ["wire", "packages/rpc", "packages/rpc-web", "packages/testkit", "server", "web", "e2e", "bench"];

const steps = [
  {
    name: "types",
    run: () => all(...workspaces.map((workspace) => ["tsc", "-p", workspace])),
  },
  { name: "lint", run: () => all(["biome", "check"]) },
  { name: "proto", run: () => all(["buf", "lint"], ["buf", "format", "--diff", "--exit-code"]) },
  { name: "unused", run: () => all(["knip"]) },
  { name: "unit", run: runVitest },
  { name: "bench", run: runBenchmarks },
  { name: "browser", run: runPlaywright },
  // Figures to look at, which take minutes and a download: only in CI, or where it is named.
  { name: "lighthouse", run: runLighthouse, isExtra: !isCi },
];

const names = steps.map(({ name }) => name);
const files = process.argv.slice(2).filter((name) => !names.includes(name));
const wanted = [...process.argv.slice(2).filter((name) => names.includes(name)), ...files.map(stepOf)];

setup("install", "generate", "web");
mkdirSync(reports, { recursive: true });
const results = [];
for (const { name, run, isExtra = false } of steps) {
  if (wanted.length > 0 ? !wanted.includes(name) : isExtra) continue;
  console.log(`\n── ${name}`);
  const start = Date.now();
  const counts = run();
  results.push({ name, seconds: (Date.now() - start) / 1_000, ...counts });
}
summarize();

/** The step that runs a file of tests. */
function stepOf(file) {
  if (/\.test\.tsx?$/.test(file) && existsSync(join(root, file))) return "unit";
  if (/\.spec\.ts$/.test(file) && existsSync(join(root, file))) return "browser";
  return fail(`no such step or file of tests: ${file}; the steps are ${names.join(", ")}`);
}

function summarize() {
  console.log("\n── summary");
  for (const { name, passed, failed, skipped, seconds } of results) {
    const verdict = failed > 0 ? "FAILED" : "passed";
    const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    console.log(`${name.padEnd(8)} ${verdict}  ${counts}  ${seconds.toFixed(1)} s`);
  }
  const failures = results.flatMap(({ failures = [] }) => failures);
  const flaky = results.flatMap(({ flaky = [] }) => flaky);
  // Once more, as what a runner says of them can be an hour further up.
  for (const failure of flaky) console.log(`FLAKY    passed when run again: ${failure}`);
  for (const failure of failures) console.log(`FAILED   ${failure}`);
  const total = (kind) => results.reduce((sum, result) => sum + result[kind], 0);
  console.log(`\n${total("passed")} passed, ${total("failed")} failed, ${total("skipped")} skipped`);
  process.exitCode = total("failed") > 0 ? 1 : 0;
}

/** Runs commands one after the other; each counts as one test. */
function all(...commands) {
  const failures = commands.filter(([tool, ...args]) => run(tool, args) !== 0).map((command) => command.join(" "));
  return { passed: commands.length - failures.length, failed: failures.length, skipped: 0, failures };
}

function runVitest() {
  const first = vitest(files.filter((file) => stepOf(file) === "unit"));
  if (!isCi || first.failures.length === 0 || first.files.includes("")) return first;
  console.log("\n── unit, once more what failed");
  const again = vitest(first.files);
  if (again.failed > 0) return { ...first, failures: again.failures };
  // A test that failed counts as passed now; what no test has thrown was none of them.
  const outside = first.failures.filter((failure) => failure.startsWith("outside any test")).length;
  return { passed: first.passed + first.failed - outside, failed: 0, skipped: first.skipped, flaky: first.failures };
}

/** Runs files of tests, or all where none are named. */
function vitest(specs) {
  const report = freshReport("vitest.json");
  const reporters = ["--reporter=default", `--reporter=${join(root, "scripts", "vitest-reporter.mjs")}`];
  const status = run("vitest", ["run", ...specs, ...reporters, `--maxWorkers=${workers}`], { TEST_REPORT: report });
  const { passed = 0, skipped = 0, failures = [], files: failedFiles = [] } = readReport(report);
  return { ...counted(status, passed, failures.length, skipped), failures: failures.map(inShort), files: failedFiles };
}

/** Every benchmark once and briefly, to see that it works; no figure is looked at. */
function runBenchmarks() {
  const report = freshReport("bench.json");
  const status = run("node", ["bench/main.ts", "--smoke", "--json", report]);
  const { rows = [], failures = [] } = readReport(report);
  const skipped = rows.filter(({ contenders }) => contenders.length === 0).length;
  return { ...counted(status, rows.length - skipped, failures.length, skipped), failures: failures.map(nameFailure) };
}

function nameFailure({ name, message }) {
  return `${name}: ${firstLine(message)}`;
}

function runPlaywright() {
  const browser = process.env.BROWSER_PATH ?? findBrowser();
  if (browser === undefined) {
    console.error("no browser can be had: install Chromium or Chrome, or let Playwright download its own");
    return { passed: 0, failed: 1, skipped: 0 };
  }
  console.log(`browser: ${browser}`);
  const report = freshReport("playwright.json");
  const specs = files.filter((file) => stepOf(file) === "browser");
  const environment = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, BROWSER_PATH: browser };
  const status = run("playwright", ["test", ...specs, "--config", "e2e", "--reporter=list,json"], environment);
  const { suites = [], stats = {} } = readReport(report);
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats;
  return {
    ...counted(status, expected + flaky, unexpected, skipped),
    failures: specsThat(suites, ({ ok }) => !ok),
    flaky: specsThat(suites, ({ tests }) => tests.some((test) => test.status === "flaky")),
  };
}

/** What Lighthouse says of two pages. No figure of it is looked at here, and where it cannot be had it is skipped. */
function runLighthouse() {
  const browser = process.env.BROWSER_PATH ?? findBrowser();
  const status = browser === undefined ? 1 : run("node", ["e2e/lighthouse.ts", browser, reports, "/", "/books"]);
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
}

/** The specs of Playwright's suites, and of those in them, that are as asked for, each with its first error. */
function specsThat(suites, is) {
  return suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...specs.filter(is).map(nameSpec),
    ...specsThat(inner, is),
  ]);
}

function nameSpec({ file, title, tests }) {
  const error = tests.flatMap(({ results }) => results).find((result) => result.error)?.error;
  return `${file} [${tests[0]?.projectName}]: ${title}: ${firstLine(error?.message)}`;
}

function firstLine(text = "no reason given") {
  return stripVTControlCharacters(text).split("\n", 1)[0];
}

/** The beginning of an error's message, and where it was thrown; all of it stands further up. */
function inShort(text) {
  const lines = stripVTControlCharacters(text).split("\n");
  const isPlace = (line) => /^\s+at /.test(line);
  const message = lines.filter((line) => !isPlace(line)).slice(0, 4);
  return [...message, ...lines.filter(isPlace).slice(0, 2)].join("\n         ");
}

/** A runner that failed without a failed test (it could not start, say) counts as one failure. */
function counted(status, passed, failed, skipped) {
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped };
}

function run(tool, args, environment = {}) {
  const command = join(root, "node_modules", ".bin", tool);
  const env = { ...toolEnvironment, ...environment };
  return spawnSync(command, args, { cwd: root, stdio: "inherit", env }).status;
}

function freshReport(name) {
  const path = join(reports, name);
  rmSync(path, { force: true });
  return path;
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}
