import type { RequestHead } from "../call/call.ts";
import type { createOrigins } from "../call/origins.ts";
import type { WholeResponse } from "../call/response-writer.ts";
import type { createRouter, MethodRoute, Route } from "../call/router.ts";
import type { CallSettings } from "../call/settings.ts";

/** The address of a client, of that of its connection and of `x-forwarded-for`. */
export type AddressOf = (
  remoteAddress: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
) => string | undefined;

/** What is known of who is at the other end of a connection. */
export interface ClientLookup {
  /** The address of the client of a request: that of its connection, or what a proxy that is trusted says. */
  readonly addressOf: AddressOf;
  /** Whether a connection from an address is certain to be the client's own, so that what was shown with it, such as a certificate, is the client's. */
  isClient(remoteAddress: string | undefined): boolean;
}

/** Takes the other end of each connection for the client. */
export const ALL_ARE_CLIENTS: ClientLookup = { addressOf: (remoteAddress) => remoteAddress, isClient: () => true };

/** What calls over HTTP work with, of either version. */
export interface HttpContext {
  readonly settings: CallSettings;
  readonly route: ReturnType<typeof createRouter>;
  readonly originOf: ReturnType<typeof createOrigins>;
  readonly clients: ClientLookup;
  /** The call that a route leads to, or the response to one that is rejected: from its head, or because it cannot be served now. */
  admit(route: Route): MethodRoute | WholeResponse;
}

/** What a request over HTTP says of its call beside the route. */
type HttpHead = Pick<RequestHead, "requestHeader" | "url" | "carrier" | "peer" | "repeatedHead">;

/** What a call begins with that its route leads to. */
export function headOf(route: MethodRoute, request: HttpHead): RequestHead {
  const { method, format, options, queryMessage } = route;
  const requestMethod = queryMessage === undefined ? "POST" : "GET";
  const { requestHeader, url, carrier, peer, repeatedHead } = request;
  return { method, format, options, requestMethod, requestHeader, url, carrier, peer, repeatedHead };
}
