// `npm run pack [-- FOLDER]`: builds the packages that others can install, JavaScript with types, and packs each into a
// tarball in FOLDER, `dist` unless named.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fail, root, runTool, setup, toolEnvironment } from "./setup.mjs";

/** From the folder of a file in a package's own exports to what is built of it. */
const built = (path) => ({ types: `./${path}.d.ts`, default: `./${path}.js` });
/** Every file by its name, with the extension of its source, of what is built, or without one. */
const everyFile = { "./*.ts": built("*"), "./*.js": built("*"), "./*": built("*") };

/** In the order in which they need each other. `source` is what is built, `extra` what is copied beside it. */
const packages = [
  { folder: "wire", source: ".", exports: everyFile },
  { folder: "packages/rpc", source: "src", exports: { ".": built("index") } },
  { folder: "packages/rpc-web", source: "src", exports: { ".": built("index"), "./react": built("react") }, dom: true },
  {
    folder: "proto/gen",
    readme: "proto/README.md",
    source: ".",
    exports: { "./proto/*": "./proto/*", "./descriptors.binpb": "./descriptors.binpb", ...everyFile },
    extra: [
      ["proto/gen/descriptors.binpb", "descriptors.binpb"],
      ["proto/triptych", "proto/triptych"],
      ["proto/legacy", "proto"],
      ["proto/standard", "proto"],
    ],
    skip: ["triptych/testing/**", "grpc/testing/**"],
  },
];

const NOT_BUILT = ["**/*.test.ts", "**/testing/**", "**/vitest.config.ts", "**/node_modules/**"];

setup("install", "generate");
const target = resolve(process.argv[2] ?? join(root, "dist"));
const work = join(root, "node_modules", ".cache", "triptych", "pack");
rmSync(work, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const paths = {};
for (const one of packages) pack(one);

function pack({ folder, source, exports, readme = `${folder}/README.md`, extra = [], skip = [], dom = false }) {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const out = join(work, manifest.name);
  mkdirSync(out, { recursive: true });
  compile(manifest.name, join(root, folder, source), { out, skip, dom });
  for (const [from, to] of extra) cpSync(join(root, from), join(out, to), { recursive: true });
  for (const [from, to] of [
    [join(root, readme), "README.md"],
    [join(root, "LICENSE"), "LICENSE"],
  ]) {
    if (existsSync(from)) cpSync(from, join(out, to));
  }
  writeFileSync(join(out, "package.json"), `${JSON.stringify(published(manifest, exports), null, 2)}\n`);
  const { status, stdout } = spawnSync("npm", ["pack", out, "--pack-destination", target, "--silent"], {
    env: toolEnvironment,
    encoding: "utf8",
  });
  if (status !== 0) fail(`${manifest.name} could not be packed`);
  console.log(join(target, stdout.trim()));
}

/** Compiles a folder to JavaScript and types. The packages that were built before are taken as they are built. */
function compile(name, source, { out, skip, dom }) {
  const config = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      rootDir: source,
      outDir: out,
      typeRoots: [join(root, "node_modules", "@types")],
      ...(dom ? { lib: ["ES2024", "ESNext.Array", "ESNext.Disposable", "DOM", "DOM.Iterable"], types: [] } : {}),
      paths,
    },
    include: [join(source, "**/*.ts")],
    exclude: [...NOT_BUILT.map((pattern) => join(source, pattern)), ...skip.map((pattern) => join(source, pattern))],
  };
  const path = join(work, `${name.replaceAll("/", "-")}.json`);
  writeFileSync(path, JSON.stringify(config));
  runTool("tsc", "-p", path);
  // A package asks for the files of another by the names of their sources.
  paths[`${name}/*.ts`] = [join(out, "*.d.ts")];
}

/** The manifest of a package as it is installed. */
function published({ name, version, type, description, license = "MIT", ...rest }, exports) {
  const { dependencies, peerDependencies, peerDependenciesMeta, engines } = rest;
  const needs = { dependencies, peerDependencies, peerDependenciesMeta, engines };
  return { name, version, type, description, license, exports, ...needs };
}
