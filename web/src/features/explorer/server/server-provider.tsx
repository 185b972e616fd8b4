import { TransportProvider } from "@connectrpc/connect-query";
import { type ReactNode, use, useMemo } from "react";
import { lazyTransport } from "../../../transport/lazy-transport.ts";
import { TabSocketContext } from "../../../transport/tab-socket-context.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import type { ServerAddress } from "./server-address.ts";
import { ServerContext } from "./server-context.ts";

/** The server whose methods are called, and what calls them. */
export interface ServerProviderProps {
  readonly server: ServerAddress;
  readonly children: ReactNode;
}

/** Gives what is below it the server whose methods are called, and the transport to it: for that of the page the one that is there. */
export function ServerProvider({ server, children }: ServerProviderProps) {
  const { protocol } = useProtocol();
  const tabSocket = use(TabSocketContext);
  const transport = useMemo(() => {
    if (server.kind === "own") return undefined;
    return lazyTransport(async () =>
      (await import("./open-server-transport.ts")).openServerTransport(server, { protocol, relay: tabSocket }),
    );
  }, [server, protocol, tabSocket]);
  return (
    <ServerContext value={server}>
      {transport === undefined ? children : <TransportProvider transport={transport}>{children}</TransportProvider>}
    </ServerContext>
  );
}
