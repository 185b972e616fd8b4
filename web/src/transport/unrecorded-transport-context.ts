import type { Transport } from "@connectrpc/connect";
import { createContext } from "react";
import { createTransport } from "./create-transport.ts";

let transport: Transport | undefined;

/**
 * Gives a transport whose calls the wire panel does not show, for what the panel itself asks: over a WebSocket of its own, which takes none of
 * the connections that the calls of the page need, and is closed a while after it was last used.
 */
export const UnrecordedTransportContext = createContext<() => Transport>(() => {
  transport ??= createTransport({ protocol: "websocket", baseUrl: window.location.origin });
  return transport;
});
