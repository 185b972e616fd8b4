import type { OutgoingHttpHeaders } from "node:http";

/** Which pages of other origins may call, and how. */
export interface CorsOptions {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
}

/** What CORS asks of a request. */
export interface CorsRequest {
  /** The origin of the page that makes it. */
  readonly origin: string | undefined;
  readonly isPreflight: boolean;
}

/** How long a browser may keep the answer to a preflight, in seconds; two hours is Chromium's maximum. */
const MAX_AGE_SECONDS = 7_200;

/** Whether a request asks what a page of another origin may do. */
export function isPreflight(
  method: string | undefined,
  requestMethod: string | readonly string[] | undefined,
): boolean {
  return method === "OPTIONS" && requestMethod !== undefined;
}

/**
 * The headers that let the pages of allowed origins call. Origins that are not on the list get none: their browsers then refuse the call.
 */
export function corsHeaders(options: CorsOptions, request: CorsRequest): OutgoingHttpHeaders {
  const { allowedOrigins, allowedMethods, allowedHeaders, exposedHeaders } = options;
  const { origin } = request;
  const vary = allowedOrigins.length > 0 ? { vary: "origin" } : {};
  if (origin === undefined || !allowedOrigins.includes(origin)) return vary;
  const leave = {
    ...vary,
    "access-control-allow-origin": origin,
    "access-control-expose-headers": exposedHeaders.join(", "),
  };
  if (!request.isPreflight) return leave;
  return {
    ...leave,
    "access-control-allow-methods": allowedMethods.join(", "),
    "access-control-allow-headers": allowedHeaders.join(", "),
    "access-control-max-age": String(MAX_AGE_SECONDS),
  };
}
