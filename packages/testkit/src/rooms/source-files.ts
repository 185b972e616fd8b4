import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Import, importsOf } from "./imports-of.ts";

/** The root of the checkout, with a slash behind it. */
export const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The folders of the workspaces, each with its name as a package. */
export const workspaces: readonly (readonly [folder: string, name: string])[] = [
  "wire",
  "packages/rpc",
  "packages/rpc-web",
  "packages/testkit",
  "server",
  "web",
  "e2e",
  "bench",
].map((folder) => [folder, JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")).name]);

/** A file, by its path from the root, and what it imports. */
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
}

/** Every TypeScript file of a workspace; what is built or installed left out. */
export function readWorkspace(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => isSource(name) && !/(^|\/)(node_modules|dist)\//.test(name))
    .map((name) => `${folder}/${name}`)
    .sort()
    .map((path) => ({ path, imports: importsOf(path, readFileSync(join(root, path), "utf8")) }));
}

/** Whether a path is one of TypeScript, not of a style sheet or a picture. */
export function isSource(path: string): boolean {
  return /\.tsx?$/.test(path);
}

/** Whether a file is served, packed or shown in a browser, in place of testing or measuring that. */
export function isProduction(path: string): boolean {
  const folders = /^(?:packages\/rpc\/src|packages\/rpc-web\/src|server\/src|web\/src|wire)\//;
  return (
    folders.test(path) && !/\.test\.tsx?$|\/testing\/|\/src\/test\/|\/fake-[\w-]+\.tsx?$|vitest\.config\.ts$/.test(path)
  );
}
