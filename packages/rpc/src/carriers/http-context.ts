import type { RequestHead } from "../call/call.ts";
import type { createOrigins } from "../call/origins.ts";
import type { WholeResponse } from "../call/response-writer.ts";
import type { createRouter, MethodRoute, Route } from "../call/router.ts";
import type { CallSettings } from "../call/settings.ts";

/** What calls over HTTP work with, of either version. */
export interface HttpContext {
  readonly settings: CallSettings;
  readonly route: ReturnType<typeof createRouter>;
  readonly originOf: ReturnType<typeof createOrigins>;
  /** The call that a route leads to, or the response to one that is rejected: from its head, or because it cannot be served now. */
  admit(route: Route): MethodRoute | WholeResponse;
}

/** What a request over HTTP says of its call beside the route. */
type HttpHead = Pick<RequestHead, "requestHeader" | "url" | "carrier" | "peer">;

/** What a call begins with that its route leads to. */
export function headOf(route: MethodRoute, request: HttpHead): RequestHead {
  const { method, format, options, queryMessage } = route;
  const requestMethod = queryMessage === undefined ? "POST" : "GET";
  const { requestHeader, url, carrier, peer } = request;
  return { method, format, options, requestMethod, requestHeader, url, carrier, peer };
}
