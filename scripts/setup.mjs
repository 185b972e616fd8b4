// Brings a fresh machine to where the project can run: installs what is missing, generates code, builds the web app.
// Runs before anything is installed, on plain Node 18 or newer, so it uses nothing but Node itself. Each step is skipped
// while its inputs are what they were when it last succeeded.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, delimiter, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The root of the checkout. */
export const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const stamps = join(root, "node_modules", ".cache", "triptych");

/** The environment in which the installed tools, and the installed Node above all, come first. */
export const toolEnvironment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };

const steps = {
  install: {
    title: "installing packages",
    inputs: [
      "package-lock.json",
      "package.json",
      "packages/rpc/package.json",
      "packages/rpc-web/package.json",
      "packages/testkit/package.json",
      "server/package.json",
      "wire/package.json",
      "web/package.json",
      "e2e/package.json",
      "bench/package.json",
    ],
    output: "node_modules/.bin/node",
    run: installPackages,
  },
  generate: {
    title: "generating code from proto/",
    inputs: ["buf.yaml", "buf.gen.yaml", "packages/rpc/buf.gen.yaml", "proto", "package-lock.json"],
    output: "proto/gen/descriptors.binpb",
    run: () =>
      run(join(bin, "buf"), ["generate"]) &&
      run(join(bin, "buf"), ["generate", "--template", "packages/rpc/buf.gen.yaml"]) &&
      // With the comments, which generated code leaves out.
      run(join(bin, "buf"), ["build", "--output", "proto/gen/descriptors.binpb"]),
  },
  web: {
    title: "building the web app",
    inputs: ["web", "wire", "packages/rpc-web", "proto", "package.json", "package-lock.json", "tsconfig.base.json"],
    output: "web/dist/index.html",
    run: () => run(join(bin, "vite"), ["build", "web", "--logLevel", "warn"]),
  },
};

/** Runs the steps named, in order. Ends the process with what failed when one does. */
export function setup(...names) {
  for (const name of names) if (!trySetup(name)) process.exit(1);
}

/** Runs a step; says what failed and returns false when it does. */
export function trySetup(name) {
  const step = steps[name];
  const fingerprint = hashFiles(step.inputs);
  if (existsSync(join(root, step.output)) && readIfThere(join(stamps, name)) === fingerprint) return true;
  console.log(`${step.title} …`);
  if (!step.run()) return false;
  noteDone(name, fingerprint);
  return true;
}

/** Has a step skipped while its inputs are what they are now, also where something else has made its output. */
export function noteDone(name, fingerprint = hashFiles(steps[name].inputs)) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), fingerprint);
}

/** Runs an installed tool and ends the process when it fails. */
export function runTool(tool, ...args) {
  if (!tryTool(tool, ...args)) process.exit(1);
}

/** Runs an installed tool; says what failed and returns false when it does. */
export function tryTool(tool, ...args) {
  return run(join(bin, tool), args);
}

/** Runs a program to its end and returns whether it succeeded; says so when it did not. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: toolEnvironment });
  if (status !== 0) {
    console.error(`${basename(command)} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}`);
  }
  return status === 0;
}

/** Says what is wrong and ends the process. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

function installPackages() {
  // npm tells where it is to what it runs; on a bare `node scripts/setup.mjs` the one of the PATH does.
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith("js") ? [process.execPath, [cli]] : ["npm", []];
  const { dependencies, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const isOld = Number.parseInt(process.versions.node, 10) < Number.parseInt(engines.node.replace(">=", ""), 10);
  if (isOld)
    console.log(
      `(Node ${process.versions.node} only does this; the rest runs on the ${dependencies.node} that it installs)`,
    );
  // On an older Node npm warns of each package that needs a newer one, which looks like a failure and is none.
  const quiet = isOld ? ["--loglevel", "error"] : [];
  const args = [...first, "ci", "--no-audit", "--no-fund", ...quiet];
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) console.error(`npm ci failed${error ? `: ${error.message}` : ""}`);
  return status === 0;
}

function hashFiles(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs)
    for (const file of filesOf(join(root, input))) {
      hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
    }
  return hash.digest("hex");
}

const skipped = new Set(["node_modules", "dist", "gen", ".cache"]);

function filesOf(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return existsSync(path) ? [path] : [];
  }
  return entries
    .filter(({ name }) => !skipped.has(name) && !name.endsWith(".tsbuildinfo"))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => filesOf(join(path, name)));
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) setup("install", "generate", "web");
