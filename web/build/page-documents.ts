import { join } from "node:path";
import { createServer, type Plugin, type Rolldown } from "vite";
import type { PageDocument } from "../src/prerender.tsx";

const root = join(import.meta.dirname, "..");
/** What every page asks first: who it is for. */
const session = join(root, "src", "session", "open-session.ts");

/**
 * Writes a document for each page, in which its title, its first paragraph and what surrounds them are painted before the
 * app's script has come. `index.html` is the overview's; `/books` has `books.html`, and `not-found.html` is for every other address.
 */
export function pageDocuments(): Plugin {
  return {
    name: "triptych:page-documents",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const index = bundle["index.html"];
        if (index?.type !== "asset") throw new Error("the build has no index.html");
        const template = textOf(index);
        for (const page of await prerendered()) {
          const source = page.source === undefined ? undefined : join(root, "src", "shell", page.source);
          const ids = source === undefined ? [] : (this.getModuleInfo(source)?.dynamicallyImportedIds ?? []);
          const html = fillIn(template, page, filesOf([...ids, session], bundle));
          if (page.fileName === "index.html") index.source = html;
          else this.emitFile({ type: "asset", fileName: page.fileName, source: html });
        }
      },
    },
  };
}

/** What is in the documents, from the app's own components: a server of Vite gives them to Node as a build gives them to a browser. */
async function prerendered(): Promise<readonly PageDocument[]> {
  const server = await createServer({
    root,
    configFile: false,
    appType: "custom",
    logLevel: "error",
    server: { middlewareMode: true, hmr: false, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { prerender } = (await server.ssrLoadModule("/src/prerender.tsx")) as typeof import("../src/prerender.tsx");
    return prerender();
  } finally {
    await server.close();
  }
}

/** The chunks that stand for these modules, all that they import, and their style sheets, in the bundle. */
function filesOf(ids: readonly string[], bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const open = chunks.filter(({ facadeModuleId }) => facadeModuleId !== null && ids.includes(facadeModuleId));
  const files = new Set<string>();
  for (let chunk = open.pop(); chunk !== undefined; chunk = open.pop()) {
    if (files.has(chunk.fileName)) continue;
    files.add(chunk.fileName);
    for (const styles of chunk.viteMetadata?.importedCss ?? []) files.add(styles);
    const { imports } = chunk;
    open.push(...chunks.filter(({ fileName }) => imports.includes(fileName)));
  }
  return [...files];
}

/**
 * The document of a page: the one of all pages, with what is the page's own. It loads the `files` of the page, scripts and style sheets, beside those of all pages.
 * @throws Error when it has no place for that.
 */
export function fillIn(
  template: string,
  { title, description, markup }: PageDocument,
  files: readonly string[],
): string {
  const links = files
    .filter((fileName) => !template.includes(`/${fileName}"`))
    .map((fileName) => {
      const rel = fileName.endsWith(".css") ? "stylesheet" : "modulepreload";
      return `<link rel="${rel}" crossorigin href="/${fileName}">`;
    });
  const described = description === undefined ? undefined : escapeText(description);
  const own: readonly (readonly [pattern: RegExp, text: string | undefined])[] = [
    [/(?<=<title>)[^<]*(?=<\/title>)/, escapeText(title)],
    [/(?<=<meta\s+name="description"\s+content=")[^"]*(?=")/, described],
    // What a link to the page shows where it is posted.
    [/(?<=<meta\s+property="og:title"\s+content=")[^"]*(?=")/, escapeText(title)],
    [/(?<=<meta\s+property="og:description"\s+content=")[^"]*(?=")/, described],
    [/(?=<\/head>)/, links.join("\n")],
    [/<div id="root"><\/div>/, `<div id="root" data-prerendered>${markup}</div>`],
  ];
  return own.reduce((html, [pattern, text]) => {
    if (!pattern.test(html)) throw new Error(`the document has no place for ${pattern}`);
    return text === undefined ? html : html.replace(pattern, () => text);
  }, template);
}

function textOf({ source }: Rolldown.OutputAsset): string {
  return Buffer.from(source).toString();
}

function escapeText(text: string): string {
  return text.replace(/[&<"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
