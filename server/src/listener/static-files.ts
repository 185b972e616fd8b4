import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import sirv from "sirv";
import type { RequestListener } from "./http.ts";
import { securityHeaders } from "./security-headers.ts";

const ONE_YEAR_SECONDS = 31_536_000;

/**
 * Serves the built web app of a folder: what is under `/assets/` has its hash in its name and is cached for good, the rest is
 * revalidated; compressed copies beside the files are used where the browser takes them. A path that is no file and looks like
 * a page gets `index.html`, whose router knows the pages. Throws when there is no such folder.
 */
export function createStaticFiles(folder: string): RequestListener {
  if (!existsSync(folder)) throw new Error(`the web app is not built: there is no ${folder}; npm run setup builds it`);
  const serveFile = sirv(folder, {
    single: true,
    gzip: true,
    brotli: true,
    etag: true,
    setHeaders: (response, path) => response.setHeader("cache-control", cacheControl(path)),
  });
  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.statusCode = 405;
      response.setHeader("allow", "GET, HEAD");
      response.end();
      return;
    }
    // sirv uses only what both HTTP versions' requests and responses have.
    serveFile(request as IncomingMessage, response as ServerResponse, () => notFound(response));
  };
}

function cacheControl(path: string): string {
  return path.startsWith("/assets/") ? `public, max-age=${ONE_YEAR_SECONDS}, immutable` : "no-cache";
}

const notFound = (response: Parameters<RequestListener>[1]) => {
  response.statusCode = 404;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.end("not found\n");
};
