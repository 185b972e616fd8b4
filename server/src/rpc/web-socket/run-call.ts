import { createContextValues } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { trailerFlag, trailerParse } from "@connectrpc/connect/protocol-grpc-web";
import type { ByteQueue } from "@triptych/wire/byte-queue.ts";
import { clampTimeout } from "../clamp-timeout.ts";
import { observeHandler } from "../count-handlers.ts";
import { type CallTerms, timeoutOf } from "../direct/call-terms.ts";
import type { DirectMethod } from "../direct/direct-method.ts";
import { allowEarlyHeaders } from "../early-headers.ts";
import type { RunningHandlers } from "../running-handlers.ts";
import { runDirectCall } from "./run-direct-call.ts";

/** A call as a socket brings it. */
export interface SocketCall {
  readonly metadata: Headers;
  /** The length-prefixed messages of the client. */
  readonly body: ByteQueue;
  /** Aborted when the client no longer wants the call. */
  readonly signal: AbortSignal;
  /** Where the handler of the call is counted. */
  readonly handlers: RunningHandlers;
  /** Aborted, with a ConnectError, when the server starts to drain. */
  readonly draining: AbortSignal;
}

/** Where the answer to a call goes. */
export interface CallSink {
  /** Sends the headers; called once, before anything else. */
  sendHeaders(header: Headers): void;
  /**
   * Sends a length-prefixed message; resolves when there is room for the next, with false when nobody wants any. Once `over` is aborted it
   * waits no longer and drops the message: what comes next is the status.
   */
  sendMessage(message: Uint8Array, over: AbortSignal): Promise<boolean>;
  /** Sends the status and the trailers; called last. Not called when nobody wants them. */
  sendTrailers(trailer: Headers): void;
}

/** Runs a call as one of gRPC-Web, on the direct path where it can; resolves when it is over. */
export async function runCall(method: DirectMethod, call: SocketCall, sink: CallSink): Promise<void> {
  const header = prepareHeader(call.metadata);
  const terms = termsOf(header);
  const body = terms === undefined ? call.body : await runDirectCall(method, { ...call, header, terms }, sink);
  if (body !== undefined) await runByLibrary(method.library, { ...call, header, body }, sink);
}

/** What the metadata of a call ask for; undefined for those that the library has to read. Nothing is compressed in return. */
function termsOf(header: Headers): CallTerms | undefined {
  const encoding = header.get("grpc-encoding") ?? "identity";
  if (encoding !== "identity") return undefined;
  const timeoutMs = timeoutOf(header);
  return header.has("grpc-timeout") && timeoutMs === undefined ? undefined : { timeoutMs, compression: undefined };
}

interface LibraryCall extends Omit<SocketCall, "body"> {
  readonly header: Headers;
  readonly body: AsyncIterable<Uint8Array>;
}

async function runByLibrary(method: UniversalHandler, call: LibraryCall, sink: CallSink): Promise<void> {
  const values = createContextValues();
  let hasHeader = false;
  let over = call.signal;
  const sendHeadersOnce = (header: Headers) => {
    if (!hasHeader) sink.sendHeaders(header);
    hasHeader = true;
  };
  allowEarlyHeaders(values, sendHeadersOnce);
  observeHandler(values, {
    handlers: call.handlers,
    started(signal) {
      over = signal;
    },
  });
  const { header = new Headers(), body } = await method({
    // Over 1.1 the library refuses calls that stream both ways.
    httpVersion: "2.0",
    method: "POST",
    url: `http://localhost${method.requestPath}`,
    header: call.header,
    body: call.body,
    signal: call.signal,
    contextValues: values,
  });
  // Ending this loop early ends the handler.
  for await (const frame of body ?? []) {
    sendHeadersOnce(header);
    if (isTrailer(frame)) sink.sendTrailers(trailerParse(frame.subarray(5)));
    else if (!(await sink.sendMessage(frame, over))) return;
  }
}

function prepareHeader(metadata: Headers): Headers {
  const header = new Headers(metadata);
  header.set("content-type", "application/grpc-web+proto");
  // Nothing that runs over a socket is compressed in return.
  header.delete("grpc-accept-encoding");
  clampTimeout(header);
  return header;
}

/** The library makes one chunk of each frame. */
function isTrailer(frame: Uint8Array): boolean {
  return ((frame[0] ?? 0) & trailerFlag) !== 0;
}
