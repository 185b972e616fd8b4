// `npm run new-service NAME`: makes a service with a contract, a store, a live feed, a page and tests from the templates
// in scripts/new-service/, and adds it to server/src/routes.ts; all of it, or nothing where it fails.
// docs/adding-a-service.md says how to go on.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fail, root, setup, trySetup, tryTool } from "./setup.mjs";

const templates = join(root, "scripts", "new-service");
const routes = join(root, "server", "src", "routes.ts");
const migrations = join(root, "server", "src", "storage", "sqlite", "migrations");

/** Names that mean something else in a path, a package or an address of the server. */
const reserved = ["assets", "domain", "google", "grpc", "healthz", "index", "legacy", "live", "metrics", "new"];
const alsoReserved = ["not-found", "nowhere", "package", "readyz", "rpc", "service", "testing", "triptych", "v1"];
/** Names of folders that git or tools skip. */
const skipped = ["coverage", "data", "dist", "gen", "node-modules", "playwright-report", "test-results"];

const words = checkName(process.argv.slice(2));
const placeholders = {
  name: words.join("-"),
  package: words.join("_"),
  Name: words.map(capitalized).join(""),
  Title: capitalized(words.join(" ")),
  migration: nextMigration(),
};

const files = templatesIn(templates).map((template) => ({
  path: fill(relative(templates, template).replace(/\.template$/, "")),
  text: fill(readFileSync(template, "utf8")),
}));
const known = files.filter(({ path }) => existsSync(join(root, path)));
if (known.length > 0) fail(`there is ${placeholders.name} already: ${known.map(({ path }) => path).join(", ")}`);

const routesBefore = readFileSync(routes, "utf8");
const routesWithIt = addRoute(routesBefore);
const written = [...files.map(({ path }) => path), relative(root, routes)];
// What is missing or broken already fails here, before anything is written.
setup("install", "generate");
make();
tellNext();

/** Makes the service. Where that fails, takes all of it away again and ends the process. */
function make() {
  // The tool that runs when someone presses Ctrl-C ends by it, and so fails.
  process.on("SIGINT", () => undefined);
  const made = [];
  let isMade = false;
  try {
    write(made);
    isMade = trySetup("generate") && format();
  } catch (error) {
    console.error(error.message);
  }
  if (isMade) return;
  for (const path of made.reverse()) rmSync(path, { recursive: true, force: true });
  rmSync(join(root, "proto", "gen", "triptych", placeholders.package), { recursive: true, force: true });
  writeFileSync(routes, routesBefore);
  fail(`made no service: what was written of ${placeholders.name} is removed again`);
}

/** Writes the files and the routes; `made` gets every file and folder that was not there before. */
function write(made) {
  for (const { path, text } of files) {
    const folder = mkdirSync(dirname(join(root, path)), { recursive: true });
    if (folder !== undefined) made.push(folder);
    made.push(join(root, path));
    writeFileSync(join(root, path), text);
  }
  writeFileSync(routes, routesWithIt);
}

/** The length of the name decides where lines break, and its letters where an import stands. */
function format() {
  const paths = written.filter((path) => /\.(tsx?|css)$/.test(path));
  return tryTool("biome", "check", "--write", "--log-level=warn", ...paths);
}

/** The words of the name, or the end of the process. */
function checkName(args) {
  const [name, ...others] = args;
  if (name === undefined || others.length > 0) fail("usage: npm run new-service NAME, with a name such as guest-book");
  if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name)) {
    fail(`the name must be words of a-z and 0-9, each beginning with a letter, with dashes between: got ${name}`);
  }
  if (name.length > 30) fail(`the name must have at most 30 characters: got ${name.length}`);
  if ([...reserved, ...alsoReserved, ...skipped].includes(name))
    fail(`the name must not be ${name}, which is reserved`);
  if (name.endsWith("-service")) fail(`the name must not end with "-service", which is added to it: got ${name}`);
  const taken = [
    `server/src/services/${name}`,
    `proto/triptych/${name.replaceAll("-", "_")}`,
    `web/src/features/${name}`,
  ];
  const folder = taken.find((path) => existsSync(join(root, path)));
  if (folder !== undefined) fail(`there is ${name} already: ${folder}`);
  return name.split("-");
}

function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The number after that of the last migration, with four digits. */
function nextMigration() {
  const numbers = readdirSync(migrations).map((file) => Number.parseInt(file, 10));
  return String(Math.max(...numbers) + 1).padStart(4, "0");
}

function templatesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? templatesIn(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

function fill(text) {
  return text.replace(/\{\{(\w+)\}\}/g, (_, key) => placeholders[key] ?? fail(`no such placeholder: ${key}`));
}

/** The list of routes with the two lines of the service. */
function addRoute(text) {
  const { name, Name } = placeholders;
  const end = text.lastIndexOf("\n  ];");
  const lastImport = text.lastIndexOf("\nimport ");
  if (end === -1 || lastImport === -1) fail("server/src/routes.ts has no list to add the service to");
  const withRoute = `${text.slice(0, end)}\n    await open${Name}(store.feeds),${text.slice(end)}`;
  return `${withRoute.slice(0, lastImport)}\nimport { open${Name} } from "./routes/${name}-route.ts";${withRoute.slice(lastImport)}`;
}

function tellNext() {
  const { name, package: scope, Name } = placeholders;
  console.log(`
made the service triptych.${scope}.v1.${Name}Service:

${written.map((path) => `  ${path}`).join("\n")}

Try it: npm run dev, and open http://localhost:8080/${name}
Test it: npm test -- types lint proto unused server/tests/${name}.test.ts e2e/tests/each-protocol/${name}.spec.ts
Make it yours: docs/adding-a-service.md goes through it from the contract to the page.`);
}
