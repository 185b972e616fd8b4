import type { Transport } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { createContext, use, useMemo } from "react";
import { createTransport } from "../../../transport/create-transport.ts";
import { protocols } from "../../../transport/protocol.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import { WireContext } from "../../../wire/wire-context.ts";

/** What to ask reflection with instead of a WebSocket. */
export const ReflectionTransportContext = createContext<Transport | undefined>(undefined);

/** A transport that carries reflection, which is bidirectional: that of the page where it can, else a WebSocket. */
export function useReflectionTransport(): Transport {
  const given = use(ReflectionTransportContext);
  const tap = use(WireContext);
  const transport = useTransport();
  const { protocol } = useProtocol();
  const canReflect = protocols.find((info) => info.protocol === protocol)?.streamsRequests ?? false;
  return useMemo(() => {
    if (given !== undefined || canReflect) return given ?? transport;
    const options = { protocol: "websocket", baseUrl: window.location.origin } as const;
    return createTransport(tap === undefined ? options : { ...options, tap });
  }, [given, canReflect, transport, tap]);
}
