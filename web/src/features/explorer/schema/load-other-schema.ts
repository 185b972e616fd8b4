import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import type { Asking } from "./ask-reflection.ts";
import { loadSchema } from "./load-schema.ts";
import type { Schema } from "./schema.ts";

/** Another server that the page calls itself. */
export interface OtherServer {
  readonly transport: Transport;
  /** A WebSocket to it, where it may be one of Triptych, which takes streams both ways by that. */
  readonly webSocket: () => Transport;
  readonly asking: Asking;
}

/**
 * Learns by reflection what another server serves. Many take no bidirectional call over HTTP/1.1, be it of one request, and that is what browsers speak
 * where nothing is encrypted: such a server is asked over a WebSocket.
 * Rejects with the error of the call; UNIMPLEMENTED, naming what helps, where neither is possible.
 */
export async function loadOtherSchema(
  { transport, webSocket, asking }: OtherServer,
  signal: AbortSignal,
): Promise<Schema> {
  try {
    return await loadSchema(transport, signal, asking);
  } catch (reason) {
    if (!ConnectError.from(reason).rawMessage.includes("HTTP 505")) throw reason;
    return await loadSchema(webSocket(), signal).catch((second) => {
      const text =
        "it answers reflection over HTTP/2 only, which browsers speak only where the connection is encrypted: call it by https, through the relay, or upload its contracts";
      throw new ConnectError(text, Code.Unimplemented, undefined, undefined, second);
    });
  }
}
