import { existsSync } from "node:fs";
import { extname } from "node:path";
import type { HttpRequest, HttpResponse, RequestListener } from "@triptych/rpc/port/http.ts";
import { sendText } from "@triptych/rpc/port/send-text.ts";
import { withAbsolutePicture } from "./link-picture.ts";
import { type Files, listFiles } from "./list-files.ts";
import { securityHeaders } from "./security-headers.ts";
import { header, sendContent, sendUnder } from "./send-content.ts";

const ONE_YEAR_SECONDS = 31_536_000;
/** The document that says that there is no such page. */
const NOT_FOUND = "/not-found.html";

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** How the web app is served. */
export interface StaticFilesOptions {
  /** The origin that browsers see; where it is known, documents name their picture for links by its whole address. */
  readonly origin?: string | undefined;
  /** Called with why a file could not be read. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Serves the built web app of a folder: what is under `/assets/` has its hash in its name and is cached for good, the rest is
 * revalidated; compressed copies beside the files are used where the browser takes them, and a single range of bytes where one is asked
 * for. A path that is no file and looks like a page gets the document of that page, `/books` and `/Books` `books.html`,
 * `/books/7` the `books/[id].html` of all pages there, or else, with 404, the one for paths
 * without a page, `not-found.html`; where there is no such document, `index.html`: the app's router knows what to show. A document has no name but
 * the path of its page: `/books.html` is 404. A file that is gone is 404, one that cannot be read 500,
 * which is given to `onError`.
 * @throws Error when there is no such folder.
 */
export function createStaticFiles(
  folder: string,
  { origin, onError = () => undefined }: StaticFilesOptions = {},
): RequestListener {
  if (!existsSync(folder)) throw new Error(`the web app is not built: there is no ${folder}; npm run setup builds it`);
  const change = (bytes: Buffer) => Buffer.from(withAbsolutePicture(bytes.toString(), origin ?? ""));
  const files = listFiles(folder, origin === undefined ? undefined : change);
  return (request, response) => {
    const name = nameOf(files, pathOf(request));
    for (const [field, value] of Object.entries(securityHeaders(name ?? ""))) response.setHeader(field, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      sendText(request, response, 405, "the web app is only read");
      return;
    }
    sendFile(files, name, request, response).catch((error) => {
      onError(error);
      if (response.headersSent) response.destroy();
      else sendText(request, response, 500, "this file cannot be read");
    });
  };
}

async function sendFile(
  files: Files,
  name: string | undefined,
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  const representations = files.get(name ?? "") ?? [];
  if (representations.length > 1) addVary(response, "accept-encoding");
  for (const { coding, file } of representations) {
    if (coding !== undefined && !acceptsEncoding(header(request, "accept-encoding"), coding)) continue;
    const content = await file.read();
    if (response.destroyed) return;
    // A copy that is gone is no reason to send nothing.
    if (content === undefined) continue;
    if (coding !== undefined) response.setHeader("content-encoding", coding);
    response.setHeader("cache-control", cacheControl(name ?? ""));
    response.setHeader("content-type", contentTypes[extname(name ?? "")] ?? "application/octet-stream");
    if (name === NOT_FOUND) sendUnder(404, content, request, response);
    else sendContent(content, request, response);
    return;
  }
  sendText(request, response, 404, "not found");
}

/** Adds the name of a request header, in lower case, to those that the answer depends on; those already named stay. */
function addVary(response: HttpResponse, name: string): void {
  const known = [response.getHeader("vary") ?? []].flat().join(", ");
  const names = known.split(",").map((text) => text.trim().toLowerCase());
  if (names.includes(name) || names.includes("*")) return;
  response.setHeader("vary", known === "" ? name : `${known}, ${name}`);
}

function pathOf({ url = "/" }: HttpRequest): string {
  const [path = "/"] = url.split("?", 1);
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** The name of the file that a path means; undefined for none. */
function nameOf(files: Files, path: string): string | undefined {
  return files.has(path) && !path.endsWith(".html") ? path : documentOf(path, files);
}

/** The document of a page, for a path that has no extension and so names no file. */
function documentOf(path: string, files: Files): string | undefined {
  if (/\.[^/]*$|\/\.well-known(?:\/|$)/.test(path)) return undefined;
  const page = path.replace(/\/$/, "").toLowerCase();
  const own = page === "" ? "/index.html" : page === "/index" ? NOT_FOUND : `${page}.html`;
  return [own, own.replace(/[^/]+$/, "[id].html"), NOT_FOUND, "/index.html"].find((name) => files.has(name));
}

function cacheControl(name: string): string {
  return name.startsWith("/assets/") ? `public, max-age=${ONE_YEAR_SECONDS}, immutable` : "no-cache";
}

/**
 * Whether an `Accept-Encoding` header takes a content coding (RFC 9110, 12.5.3): named, or meant by `*`, and not with a weight of zero. A
 * header that is not there takes any, yet not every client that sends none can read one: here it takes none.
 */
function acceptsEncoding(header: string | undefined, coding: string): boolean {
  const weights = new Map((header ?? "").toLowerCase().split(",").map(readMember));
  return (weights.get(coding) ?? weights.get("*") ?? 0) > 0;
}

function readMember(text: string): [name: string, weight: number] {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return [name, weight === undefined ? 1 : Number(weight) || 0];
}
