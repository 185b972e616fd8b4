import { build, type Rolldown } from "vite";

/**
 * Bundles a module and all it imports into one that browsers load, and resolves with its code. With `code`, that is the module, and
 * `path` only the place that its imports start from.
 */
export async function bundleForBrowser(path: string, code?: string): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    // A library is left to its user to define this for; an app has it defined.
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [
      {
        name: "given-code",
        enforce: "pre",
        resolveId: (id) => (id === path && code !== undefined ? path : null),
        load: (id) => (id === path && code !== undefined ? code : null),
      },
    ],
    build: { write: false, minify: false, target: "esnext", lib: { entry: path, formats: ["es"], fileName: "client" } },
  });
  const [chunk] = [output].flat().flatMap((result) => ("output" in result ? result.output : []));
  if (chunk?.type !== "chunk") throw new Error(`a bundle has one chunk of code: got ${describe(chunk)}`);
  return chunk.code;
}

const describe = (output: Rolldown.OutputAsset | undefined) => output?.fileName ?? "nothing";
