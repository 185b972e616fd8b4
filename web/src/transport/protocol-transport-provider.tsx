import { TransportProvider } from "@connectrpc/connect-query";
import { type ReactNode, use, useMemo } from "react";
import { recordingFetch } from "../wire/recording-fetch.ts";
import { WireContext } from "../wire/wire-context.ts";
import { createTransport } from "./create-transport.ts";
import { useProtocol } from "./use-protocol.ts";

/**
 * Gives everything below it the transport of the protocol in the URL. Another protocol is another transport: queries
 * run again under it, and live streams go on over it. Its calls are there for the wire panel to see, if there is one.
 */
export function ProtocolTransportProvider({ children }: { readonly children: ReactNode }) {
  const { protocol } = useProtocol();
  const wire = use(WireContext);
  const transport = useMemo(() => {
    const baseUrl = window.location.origin;
    if (wire === undefined) return createTransport({ protocol, baseUrl });
    return createTransport({ protocol, baseUrl, fetch: recordingFetch(browserFetch, wire), tap: wire });
  }, [protocol, wire]);
  return <TransportProvider transport={transport}>{children}</TransportProvider>;
}

/** The `fetch` of the moment of the call. */
const browserFetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
