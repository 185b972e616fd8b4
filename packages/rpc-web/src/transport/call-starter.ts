import { ConnectError, type StreamRequest, type UnaryRequest } from "@connectrpc/connect";
import { CALL_PATH } from "@triptych/wire/call-protocol.ts";
import { browserEnvironment } from "../environment/browser-environment.ts";
import type { RecorderSource } from "../recorder/call-recorder.ts";
import { createLoadWait } from "../recorder/load-wait.ts";
import { type CallConnection, type CallConnectionOptions, openCallConnection } from "./call-connection.ts";
import { type ClientCall, cancelReason } from "./client-call.ts";
import { createFrameRecorder } from "./frame-recorder.ts";

/** Where to call, and over what. */
export interface CallStarterOptions extends Partial<Omit<CallConnectionOptions, "url">> {
  /** The address of the server, such as `http://localhost:8080`. */
  readonly baseUrl: string;
  /** Records the calls; none are recorded where absent. For one that is being loaded they wait for a second from when the transport was made, at most. */
  readonly recorder?: RecorderSource | undefined;
}

/** Starts a call, which its signal cancels. Rejects with a ConnectError. */
export type CallStarter = (
  request: Pick<UnaryRequest | StreamRequest, "url" | "method" | "header" | "signal">,
) => Promise<ClientCall>;

/** Starts calls over a connection that they share: the latest one that was opened, while it takes calls, else a new one. */
export function createCallStarter({
  baseUrl,
  recorder: recorderSource,
  environment = browserEnvironment,
  ...options
}: CallStarterOptions): CallStarter {
  const wait = createLoadWait(environment);
  let connection: CallConnection | undefined;
  const connect = () => {
    if (connection?.takesCalls) return connection;
    connection = openCallConnection({
      url: callUrl(baseUrl),
      openSocket: (url, protocol) => new WebSocket(url, protocol),
      environment,
      idleMs: 30_000,
      ...options,
    });
    return connection;
  };
  return async ({ url, method, header, signal }) => {
    const headers = [...header];
    const loading = recorderSource?.();
    const callRecorder = loading instanceof Promise ? await wait(loading, signal) : loading;
    const recorder = createFrameRecorder(
      callRecorder?.callStarted({ via: "websocket", httpMethod: "POST", url, headers }),
    );
    const path = `/${method.parent.typeName}/${method.name}`;
    try {
      signal.throwIfAborted();
      const call = await connect().start({ path, metadata: header, signal, recorder });
      const cancel = () => call.cancel(cancelReason(signal));
      signal.addEventListener("abort", cancel, { once: true });
      if (signal.aborted) cancel();
      return call;
    } catch (error) {
      recorder.ended(signal.aborted ? cancelReason(signal) : ConnectError.from(error));
      throw error;
    }
  };
}

/** The address of the socket for the address of a server. */
function callUrl(baseUrl: string): string {
  return new URL(CALL_PATH, baseUrl.replace(/^http/i, "ws")).href;
}
