import type { Interceptor, Transport } from "@connectrpc/connect";
import { TransportProvider } from "@connectrpc/connect-query";
import { recordingFetch, sendTraceParent } from "@triptych/rpc-web";
import { type ReactNode, use, useMemo } from "react";
import { SessionContext } from "../session/session-context.ts";
import { createTransport } from "./create-transport.ts";
import { createDivertedStreams, DivertedStreamsContext } from "./diverted-streams.ts";
import { lazyTransport } from "./lazy-transport.ts";
import type { openStreamBudget } from "./open-stream-budget.ts";
import { RecorderContext } from "./recorder-context.ts";
import type { RecorderSwitch } from "./recorder-switch.ts";
import { retryWhenTold } from "./retry-when-told.ts";
import { TabSocketContext } from "./tab-socket-context.ts";
import { useProtocol } from "./use-protocol.ts";
import { WaitingCallsContext } from "./waiting-calls.ts";

/**
 * Gives everything below it the transport of the protocol in the URL. Another protocol is another transport: queries
 * run again under it, and live streams go on over it. Its calls are there for the wire panel to see, if there is one.
 * Whatever goes over a WebSocket, under any protocol, shares one. Calls that a busy server has refused are made again.
 */
export function ProtocolTransportProvider({ children }: { readonly children: ReactNode }) {
  const { protocol } = useProtocol();
  const devtools = use(RecorderContext);
  const session = use(SessionContext);
  const waiting = use(WaitingCallsContext);
  const interceptors = useMemo(
    () => [retryWhenTold(waiting), ...session.interceptors, ...tracing(devtools)],
    [waiting, session, devtools],
  );
  const diverted = useMemo(createDivertedStreams, []);
  const webSocket = useMemo(() => createTabSocket(devtools, interceptors), [devtools, interceptors]);
  const withBudget = useMemo(() => loadBudget({ webSocket, diverted }), [webSocket, diverted]);
  const transport = useMemo(() => {
    if (protocol === "websocket") return webSocket();
    const fetch = devtools === undefined ? browserFetch : recordingFetch(browserFetch, devtools.recorder);
    const http = createTransport({ protocol, baseUrl: window.location.origin, fetch, interceptors });
    return noting(
      devtools,
      lazyTransport(async () => (await withBudget())(http)),
    );
  }, [protocol, devtools, interceptors, webSocket, withBudget]);
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

/** Gives what adds the budget of this tab to a transport, loaded when it is first asked for, and again where that failed. */
function loadBudget(
  options: Parameters<typeof openStreamBudget>[0],
): () => Promise<ReturnType<typeof openStreamBudget>> {
  let loading: Promise<ReturnType<typeof openStreamBudget>> | undefined;
  return () => {
    loading ??= import("./open-stream-budget.ts")
      .then(({ openStreamBudget }) => openStreamBudget(options))
      .catch((reason) => {
        loading = undefined;
        throw reason;
      });
    return loading;
  };
}

/** Gives the transport over the WebSocket of this tab, made when it is first asked for. */
function createTabSocket(devtools: RecorderSwitch | undefined, interceptors: readonly Interceptor[]): () => Transport {
  let transport: Transport | undefined;
  return () => {
    transport ??= noting(
      devtools,
      createTransport({
        protocol: "websocket",
        baseUrl: window.location.origin,
        interceptors,
        recorder: devtools?.recorder,
      }),
    );
    return transport;
  };
}

/** Has each call name a trace while the wire panel is open to show it: the server traces those, and what is recorded otherwise costs it nothing. */
function tracing(devtools: RecorderSwitch | undefined): readonly Interceptor[] {
  return devtools === undefined ? [] : [sendTraceParent(devtools.isOpen)];
}

/** A transport whose calls make their services known to the wire panel, if there is one. */
function noting(devtools: RecorderSwitch | undefined, transport: Transport): Transport {
  return devtools === undefined ? transport : devtools.called.noting(transport);
}
