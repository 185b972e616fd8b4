import type { HttpResponse } from "./http.ts";

/** Whether nobody is left to answer. A response of HTTP/2 does not tell by itself, but its stream does. */
export function isGone(response: HttpResponse): boolean {
  return "stream" in response ? response.stream.closed || response.stream.destroyed : response.destroyed;
}
