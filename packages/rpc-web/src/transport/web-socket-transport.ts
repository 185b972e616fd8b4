import type { DescMethod } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ContextValues,
  createContextValues,
  type Interceptor,
  type Transport,
} from "@connectrpc/connect";
import {
  createClientMethodSerializers,
  createMethodUrl,
  runStreamingCall,
  runUnaryCall,
} from "@connectrpc/connect/protocol";
import { type CallStarterOptions, createCallStarter } from "./call-starter.ts";
import { checkTrailers, readOnlyMessage } from "./check-response.ts";
import type { ClientCall } from "./client-call.ts";
import { wasNeverRun } from "./never-run.ts";
import { prefixMessage, readMessages } from "./read-messages.ts";

/** The most milliseconds that a deadline can say: a number has at most eight digits. */
const MAX_TIMEOUT_MS = 99_999_999;

/** Where and how to call the server. */
export interface WebSocketTransportOptions extends CallStarterOptions {
  /** Run around every call, the first outermost. */
  readonly interceptors?: readonly Interceptor[];
  /** The largest response message, in bytes; 16 MiB where absent. */
  readonly maxMessageBytes?: number;
}

/**
 * Makes a transport for all four kinds of calls, which share one WebSocket. It is opened by the first call, and again by the next call after it
 * was lost, whose calls then fail with UNAVAILABLE; a unary call that the server says it has never run is made again. Deadlines, signals, metadata, interceptors and errors are as with every other
 * transport. A slow reader or a slow server holds up its own call only.
 */
export function createWebSocketTransport(options: WebSocketTransportOptions): Transport {
  const { interceptors = [], maxMessageBytes = 16_777_216, ...starter } = options;
  const startCall = createCallStarter(starter);
  const describeCall = (method: DescMethod, header: Headers, contextValues: ContextValues) => ({
    service: method.parent,
    url: createMethodUrl(options.baseUrl, method),
    requestMethod: "POST",
    header,
    contextValues,
  });

  return {
    unary(method, signal, timeoutMs, header, message, contextValues = createContextValues()) {
      const { serialize, parse } = createClientMethodSerializers(method, true);
      const limits = callLimits(signal, timeoutMs);
      const call = describeCall(method, callHeader(limits.timeoutMs, header), contextValues);
      return runUnaryCall({
        ...limits,
        interceptors: [...interceptors],
        req: { ...call, stream: false, method, message },
        next: (request) =>
          makeAgain(async () => {
            const bytes = prefixMessage(serialize(request.message));
            const { service } = call;
            const started = await startCall(request);
            void sendOne(started, bytes);
            const responseHeader = await started.headers;
            const response = await readOnlyMessage(readResponse(started, responseHeader, maxMessageBytes));
            const trailer = checkTrailers(started.trailers, responseHeader);
            if (response === undefined) throw new ConnectError("the response is missing", Code.Unimplemented);
            const header = responseHeader ?? new Headers();
            return { stream: false, service, method, header, message: parse(response), trailer };
          }),
      });
    },

    stream(method, signal, timeoutMs, header, message, contextValues = createContextValues()) {
      const { serialize, parse } = createClientMethodSerializers(method, true);
      const limits = callLimits(signal, timeoutMs);
      const call = describeCall(method, callHeader(limits.timeoutMs, header), contextValues);
      return runStreamingCall({
        ...limits,
        interceptors: [...interceptors],
        req: { ...call, stream: true, method, message },
        async next(request) {
          const started = await startCall(request);
          void sendAll(started, request.message, (message) => prefixMessage(serialize(message)));
          const responseHeader = await started.headers;
          if (responseHeader === undefined) checkTrailers(started.trailers, undefined);
          const trailer = new Headers();
          async function* readResponses() {
            for await (const bytes of readResponse(started, responseHeader, maxMessageBytes)) yield parse(bytes);
            for (const [key, value] of checkTrailers(started.trailers, responseHeader)) trailer.set(key, value);
          }
          return { ...request, header: responseHeader ?? new Headers(), trailer, message: readResponses() };
        },
      });
    },
  };
}

/** Makes a call, and once more where the server says that it has never run it: it went to a socket that was about to be left. */
async function makeAgain<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!wasNeverRun(error)) throw error;
    return await call();
  }
}

/** As with the other transports, no deadline is the same as one of 0. */
function callLimits(signal: AbortSignal | undefined, timeoutMs: number | undefined) {
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(timeoutMs === undefined || timeoutMs <= 0 ? {} : { timeoutMs }),
  };
}

/** Reads the messages of a response. When one is cut off because the call has failed, that is the error. */
async function* readResponse(call: ClientCall, header: Headers | undefined, maxBytes: number) {
  try {
    yield* readMessages(call.body, maxBytes);
  } catch (error) {
    if (call.trailers !== undefined) checkTrailers(call.trailers, header);
    throw error;
  }
}

async function sendOne(call: ClientCall, bytes: Uint8Array): Promise<void> {
  if (await call.send(bytes)) call.end();
}

/** Sends messages as the server takes them. When there is no next one because of an error, the call fails with it. */
async function sendAll<T>(
  call: ClientCall,
  messages: AsyncIterable<T>,
  toBytes: (message: T) => Uint8Array,
): Promise<void> {
  try {
    for await (const message of messages) {
      if (!(await call.send(toBytes(message)))) return;
    }
    call.end();
  } catch (error) {
    call.cancel(ConnectError.from(error));
  }
}

/** The metadata that a call starts with: those given, and how many milliseconds it may take. */
function callHeader(timeoutMs: number | undefined, given: HeadersInit | undefined): Headers {
  const header = new Headers(given);
  if (timeoutMs !== undefined) header.set("grpc-timeout", `${Math.min(Math.ceil(timeoutMs), MAX_TIMEOUT_MS)}m`);
  return header;
}
