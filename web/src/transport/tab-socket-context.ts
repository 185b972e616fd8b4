import type { Transport } from "@connectrpc/connect";
import { createContext } from "react";
import { createTransport } from "./create-transport.ts";

/** Gives the transport over the one WebSocket of the tab; of a page without such, a new one. */
export const TabSocketContext = createContext<() => Transport>(() =>
  createTransport({ protocol: "websocket", baseUrl: window.location.origin }),
);
