// `node scripts/assemble-image.mjs FOLDER`: puts what the server needs at run time into FOLDER, as the root of an image: Node and the libraries it loads, the
// packages, the web app, and an account that owns `/data` alone. Runs after `npm run setup`. The image has nothing else. Takes Linux with glibc.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fail, root, toolEnvironment } from "./setup.mjs";

/** The number of the account that the server runs as; the Dockerfile and the manifests name it, too. */
const ACCOUNT = 10_001;
/** Of the checkout. What only tests and builds need is left out. */
const PARTS = [
  "server/package.json",
  "server/runtime.json",
  "server/src",
  "wire",
  "packages/rpc/package.json",
  "packages/rpc/src",
  "proto/gen",
  "web/dist",
  "scripts/check-ready.mjs",
  "scripts/make-certificate.mjs",
];
const LEFT_OUT = /\.test\.ts$|\.tsbuildinfo$|\/(node_modules|testing|tests)$|\/(tsconfig\.json|vitest\.config\.ts)$/;
/** Of packages. */
const UNREAD = /\.(map|md|markdown)$|\.d\.[cm]?ts$|\/node_modules$/;

const [given] = process.argv.slice(2);
if (given === undefined) fail("usage: node scripts/assemble-image.mjs FOLDER");
const folder = resolve(given);
const app = join(folder, "triptych");

if (!existsSync(join(root, "web", "dist", "index.html"))) fail("the web app is not built: npm run setup");
copyNode();
for (const part of PARTS) copy(join(root, part), join(app, part), LEFT_OUT);
copyPackages();
makeAccount();

function copyNode() {
  const node = realpathSync(join(root, "node_modules", "node", "bin", "node"));
  copyFile(node, join(folder, "bin", "node"));
  chmodSync(join(folder, "bin", "node"), 0o755);
  // Of each line, the file that was found: `libm.so.6 => /lib/…/libm.so.6 (0x…)`, or the loader by itself.
  const libraries = outputOf("ldd", node).matchAll(/(?:^\s*|=> )(\/\S+) \(/gm);
  for (const [, library] of libraries) copyFile(realpathSync(library), join(folder, library));
}

function copyPackages() {
  const npm = process.env.npm_execpath?.endsWith("js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const [command, ...first] = npm;
  const list = ["ls", "--workspace", "server", "--omit=dev", "--all", "--parseable"];
  const paths = outputOf(command, ...first, ...list).split("\n");
  for (const path of new Set(paths)) {
    const name = relative(root, path);
    if (!name.startsWith("node_modules")) continue;
    const real = relative(root, realpathSync(path));
    if (real === name) copy(path, join(app, name), UNREAD);
    else link(join(app, name), join(app, real));
  }
}

/** An account that may write nothing but /data and /tmp, which are there for what is mounted. */
function makeAccount() {
  write("etc/passwd", `root:x:0:0::/:/sbin/nologin\ntriptych:x:${ACCOUNT}:${ACCOUNT}::/data:/sbin/nologin\n`);
  write("etc/group", `root:x:0:\ntriptych:x:${ACCOUNT}:\n`);
  write("etc/nsswitch.conf", "hosts: files dns\n");
  mkdirSync(join(folder, "tmp"), { recursive: true });
  chmodSync(join(folder, "tmp"), 0o1777);
  mkdirSync(join(folder, "data"), { recursive: true });
  if (process.getuid() === 0) chownSync(join(folder, "data"), ACCOUNT, ACCOUNT);
}

function copy(from, to, without) {
  mkdirSync(dirname(to), { recursive: true });
  const filter = (path) => path === from || !without.test(path);
  cpSync(from, to, { recursive: true, filter });
}

function copyFile(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}

function link(from, to) {
  mkdirSync(dirname(from), { recursive: true });
  symlinkSync(relative(dirname(from), to), from);
}

function write(name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function outputOf(command, ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    env: toolEnvironment,
  });
  if (status !== 0) fail(`${command} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
  return stdout;
}
