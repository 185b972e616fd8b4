import type { HttpResponse } from "./http.ts";

/** Whether nobody is left to answer. */
export function isGone(response: HttpResponse): boolean {
  return response.destroyed;
}
