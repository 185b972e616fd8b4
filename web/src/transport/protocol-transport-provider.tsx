import type { Transport } from "@connectrpc/connect";
import { TransportProvider } from "@connectrpc/connect-query";
import { recordingFetch } from "@triptych/rpc-web";
import { type ReactNode, use, useMemo } from "react";
import { RecorderContext } from "../devtools/recorder-context.ts";
import type { RecorderSwitch } from "../devtools/recorder-switch.ts";
import { budgetedTransport } from "./budgeted-transport.ts";
import { createTransport } from "./create-transport.ts";
import { createDivertedStreams, DivertedStreamsContext } from "./diverted-streams.ts";
import { isMultiplexed } from "./is-multiplexed.ts";
import { createStreamBudget } from "./stream-budget.ts";
import { TabSocketContext } from "./tab-socket-context.ts";
import { useProtocol } from "./use-protocol.ts";

/**
 * Gives everything below it the transport of the protocol in the URL. Another protocol is another transport: queries
 * run again under it, and live streams go on over it. Its calls are there for the wire panel to see, if there is one.
 * Whatever goes over a WebSocket, under any protocol, shares one.
 */
export function ProtocolTransportProvider({ children }: { readonly children: ReactNode }) {
  const { protocol } = useProtocol();
  const devtools = use(RecorderContext);
  const diverted = useMemo(createDivertedStreams, []);
  const budget = useMemo(() => createStreamBudget({ locks: browserLocks(), isMultiplexed: () => isMultiplexed() }), []);
  const webSocket = useMemo(() => createTabSocket(devtools), [devtools]);
  const transport = useMemo(() => {
    if (protocol === "websocket") return webSocket();
    const fetch = devtools === undefined ? browserFetch : recordingFetch(browserFetch, devtools.recorder);
    const http = createTransport({ protocol, baseUrl: window.location.origin, fetch });
    return noting(devtools, budgetedTransport({ http, webSocket, budget, diverted }));
  }, [protocol, devtools, webSocket, budget, diverted]);
  return (
    <TabSocketContext value={webSocket}>
      <DivertedStreamsContext value={diverted}>
        <TransportProvider transport={transport}>{children}</TransportProvider>
      </DivertedStreamsContext>
    </TabSocketContext>
  );
}

/** The `fetch` of the moment of the call. */
const browserFetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);

/** The locks of the origin. The types know only pages of secure origins: over plain HTTP, `localhost` alone is one. */
function browserLocks(): LockManager | undefined {
  return "locks" in navigator ? navigator.locks : undefined;
}

/** Gives the transport over the WebSocket of this tab, made when it is first asked for. */
function createTabSocket(devtools: RecorderSwitch | undefined): () => Transport {
  let transport: Transport | undefined;
  return () => {
    transport ??= noting(
      devtools,
      createTransport({
        protocol: "websocket",
        baseUrl: window.location.origin,
        recorder: devtools?.recorder,
      }),
    );
    return transport;
  };
}

/** A transport whose calls make their services known to the wire panel, if there is one. */
function noting(devtools: RecorderSwitch | undefined, transport: Transport): Transport {
  return devtools === undefined ? transport : devtools.called.noting(transport);
}
