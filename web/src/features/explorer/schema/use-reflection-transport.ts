import type { Transport } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { createContext, use, useMemo } from "react";
import { protocols } from "../../../transport/protocol.ts";
import { TabSocketContext } from "../../../transport/tab-socket-context.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import { useServer } from "../server/server-context.ts";
import type { Asking } from "./ask-reflection.ts";

/** What to ask reflection with instead of a WebSocket. */
export const ReflectionTransportContext = createContext<Transport | undefined>(undefined);

/**
 * How reflection is asked, which is bidirectional: over the transport of the page where that can, else over the WebSocket of the tab; another server that the page
 * calls itself by calls of one question each.
 */
export function useReflectionTransport(): Asking & { readonly transport: Transport } {
  const given = use(ReflectionTransportContext);
  const tabSocket = use(TabSocketContext);
  const transport = useTransport();
  const { protocol } = useProtocol();
  const canReflect = protocols.find((info) => info.protocol === protocol)?.streamsRequests ?? false;
  const { kind } = useServer();
  return useMemo(() => {
    if (kind === "relayed") return { transport };
    if (kind === "direct") return { transport, isOneByOne: !canReflect, wantsComments: canReflect };
    return { transport: given ?? (canReflect ? transport : tabSocket()) };
  }, [kind, given, canReflect, transport, tabSocket]);
}
