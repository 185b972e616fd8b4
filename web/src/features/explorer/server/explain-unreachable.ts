import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import type { Protocol } from "../../../transport/protocol.ts";

/** Another server, and who calls it. */
export interface CalledServer {
  readonly protocol: Protocol;
  readonly baseUrl: string;
  /** The origin of the page. */
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
}

/** How long a server may take to show that it is there, in milliseconds. */
const PROBE_MS = 5_000;

/** A transport whose calls, where they reach no server, say why: browsers tell pages nothing of it, so that it asks once more in a way that they allow to all. */
export function explaining(transport: Transport, server: CalledServer): Transport {
  async function explained<T>(call: Promise<T>, header: HeadersInit | undefined): Promise<T> {
    try {
      return await call;
    } catch (reason) {
      if (!isUnreachable(reason, server)) throw reason;
      const sent = [...new Headers(header).keys()];
      throw new ConnectError(await whyUnreachable(server, sent), Code.Unavailable, undefined, undefined, reason);
    }
  }
  return {
    unary: (...call) => explained(transport.unary(...call), call[3]),
    stream: (...call) => explained(transport.stream(...call), call[3]),
  };
}

/** Why a page cannot call a server, in sentences that name what to set there; `sent` are the names of the metadata of the call. */
export async function whyUnreachable(
  { protocol, baseUrl, origin, fetch }: CalledServer,
  sent: readonly string[],
): Promise<string> {
  if (isMixed(baseUrl, origin))
    return `${baseUrl} is not encrypted, and this page is: browsers let it call https only.`;
  try {
    // Without CORS a page may ask anything, and reads nothing but that there was an answer.
    await fetch(baseUrl, {
      ...{ method: "HEAD", mode: "no-cors", credentials: "omit", cache: "no-store" },
      signal: AbortSignal.timeout(PROBE_MS),
    });
  } catch {
    return `Nothing answers at ${baseUrl}, or this browser does not trust its certificate.`;
  }
  if (protocol === "websocket")
    return `${baseUrl} answers, but takes no WebSocket of pages of ${origin}. A server of Triptych does with ALLOWED_ORIGINS=${origin}; others do not speak its protocol: choose gRPC-Web or Connect.`;
  const headers = [...ownHeaders(protocol), ...sent].join(", ");
  return `${baseUrl} answers, but does not let pages of ${origin} call it. Allow that there by CORS: the origin ${origin}, the method POST and the headers ${headers}. A server of Triptych allows the origin with ALLOWED_ORIGINS=${origin}.`;
}

function ownHeaders(protocol: Protocol): readonly string[] {
  if (protocol === "grpc-web") return ["content-type", "x-grpc-web", "x-user-agent", "grpc-timeout"];
  return ["content-type", "connect-protocol-version", "connect-timeout-ms"];
}

/** Whether no server has answered; what a server itself says is nothing to explain. */
function isUnreachable(reason: unknown, { protocol }: CalledServer): boolean {
  if (!(reason instanceof ConnectError) || reason.code !== Code.Unavailable) return false;
  return reason.cause instanceof TypeError || protocol === "websocket";
}

function isMixed(baseUrl: string, origin: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  const isHere = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return origin.startsWith("https:") && protocol === "http:" && !isHere;
}
