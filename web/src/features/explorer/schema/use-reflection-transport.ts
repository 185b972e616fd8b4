import type { Transport } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { createContext, use, useMemo } from "react";
import { protocols } from "../../../transport/protocol.ts";
import { TabSocketContext } from "../../../transport/tab-socket-context.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";

/** What to ask reflection with instead of a WebSocket. */
export const ReflectionTransportContext = createContext<Transport | undefined>(undefined);

/** A transport that carries reflection, which is bidirectional: that of the page where it can, else the WebSocket of the tab. */
export function useReflectionTransport(): Transport {
  const given = use(ReflectionTransportContext);
  const tabSocket = use(TabSocketContext);
  const transport = useTransport();
  const { protocol } = useProtocol();
  const canReflect = protocols.find((info) => info.protocol === protocol)?.streamsRequests ?? false;
  return useMemo(() => given ?? (canReflect ? transport : tabSocket()), [given, canReflect, transport, tabSocket]);
}
