import { createClient, type Transport } from "@connectrpc/connect";
import { RelayService } from "@triptych/proto/triptych/explorer/v1/relay_pb.ts";
import { createTransport } from "../../../transport/create-transport.ts";
import type { Protocol } from "../../../transport/protocol.ts";
import { explaining } from "./explain-unreachable.ts";
import { relayTransport } from "./relay-transport.ts";
import type { ServerAddress } from "./server-address.ts";

/** How other servers are called. */
export interface ServerTransportOptions {
  /** What the page calls them with itself. */
  readonly protocol: Protocol;
  /** Gives the transport to the relay, which must carry streams both ways. */
  readonly relay: () => Transport;
}

/** Makes the transport to another server. It sends no cookies there, and nothing of the session of the page. */
export function openServerTransport(
  { kind, text, baseUrl }: Exclude<ServerAddress, { kind: "own" }>,
  { protocol, relay }: ServerTransportOptions,
): Transport {
  if (kind === "relayed") return relayTransport(createClient(RelayService, relay()), text);
  const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
  return explaining(createTransport({ protocol, baseUrl, fetch }), {
    protocol,
    baseUrl,
    origin: window.location.origin,
    fetch,
  });
}
