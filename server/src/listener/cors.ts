import type { HttpRequest, HttpResponse } from "./http.ts";

/** Which pages of other origins may call, and how. */
export interface CorsOptions {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
}

/** How long a browser may keep the answer to a preflight, in seconds; two hours is Chromium's maximum. */
const MAX_AGE_SECONDS = 7_200;

/**
 * Gives the pages of the allowed origins leave to call, and answers their preflights. Returns true when the request was a preflight
 * and is answered. Origins that are not on the list get no leave: their browsers then refuse the call.
 */
export function applyCors(options: CorsOptions, request: HttpRequest, response: HttpResponse): boolean {
  const { origin } = request.headers;
  const isPreflight = request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
  if (options.allowedOrigins.length > 0) response.setHeader("vary", "origin");
  if (origin !== undefined && options.allowedOrigins.includes(origin)) {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-expose-headers", options.exposedHeaders.join(", "));
    if (isPreflight) {
      response.setHeader("access-control-allow-methods", options.allowedMethods.join(", "));
      response.setHeader("access-control-allow-headers", options.allowedHeaders.join(", "));
      response.setHeader("access-control-max-age", String(MAX_AGE_SECONDS));
    }
  }
  if (!isPreflight) return false;
  response.statusCode = 204;
  response.end();
  return true;
}
