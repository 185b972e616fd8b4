import { createContext, use } from "react";
import { protocols } from "../../../transport/protocol.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import { ownServer, type ServerAddress } from "./server-address.ts";

/** The server whose methods are called. */
export const ServerContext = createContext<ServerAddress>(ownServer);

/** The server whose methods are called. */
export function useServer(): ServerAddress {
  return use(ServerContext);
}

/** The server as links and kept calls name it; undefined for that of the page. */
export function nameOfServer(server: ServerAddress): string | undefined {
  return server.kind === "own" ? undefined : server.name;
}

/** Whether a call may go on sending after its first message: the relay carries that, and over the protocol in use a WebSocket. */
export function useStreamsRequests(): boolean {
  const { kind } = useServer();
  const { protocol } = useProtocol();
  return kind === "relayed" || (protocols.find((one) => one.protocol === protocol)?.streamsRequests ?? false);
}
