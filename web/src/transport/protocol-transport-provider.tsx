import { TransportProvider } from "@connectrpc/connect-query";
import { type ReactNode, useMemo } from "react";
import { createTransport } from "./create-transport.ts";
import { useProtocol } from "./use-protocol.ts";

/**
 * Gives everything below it the transport of the protocol in the URL. Another protocol is another transport: queries
 * run again under it, and live streams go on over it.
 */
export function ProtocolTransportProvider({ children }: { readonly children: ReactNode }) {
  const { protocol } = useProtocol();
  const transport = useMemo(() => createTransport({ protocol, baseUrl: window.location.origin }), [protocol]);
  return <TransportProvider transport={transport}>{children}</TransportProvider>;
}
