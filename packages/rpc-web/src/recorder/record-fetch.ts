import type { CallRecorder, CallRecording, HeaderEntry } from "./call-recorder.ts";
import { whenSent } from "./request-times.ts";

/**
 * Makes a request, and records what is sent and received. The response is as without: its body is read from the network when the
 * app reads it, chunk by chunk, and an abort, a cancelled body and an error reach the other side as they were.
 */
export async function recordFetch(
  recorder: CallRecorder,
  fetch: typeof globalThis.fetch,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  const call = recorder.callStarted({
    via: "fetch",
    httpMethod: init?.method ?? (input instanceof Request ? input.method : "GET"),
    url: addressOf(input),
    headers: headerList(new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))),
  });
  if (call === undefined) return fetch(input, init);
  const signal = init?.signal ?? undefined;
  const onAbort = () => call.ended({ kind: "cancelled", reason: textOf(signal?.reason) });
  signal?.addEventListener("abort", onAbort, { once: true });
  const finish = () => signal?.removeEventListener("abort", onAbort);
  whenSent(addressOf(input), call.requestSent);
  try {
    const response = await fetch(input, withRecordedBody(init, call));
    call.responseStarted(response.status, headerList(response.headers));
    return withObservedBody(response, call, finish);
  } catch (reason) {
    finish();
    endWith(call, reason, signal?.aborted === true);
    throw reason;
  }
}

function withRecordedBody(init: RequestInit | undefined, call: CallRecording): RequestInit | undefined {
  const body = init?.body;
  if (body instanceof ReadableStream) return { ...init, body: observe(body, call.sent, () => call.sentEnd()) };
  if (typeof body === "string") call.sent(new TextEncoder().encode(body));
  else if (body instanceof ArrayBuffer) call.sent(new Uint8Array(body));
  else if (ArrayBuffer.isView(body)) call.sent(new Uint8Array(body.buffer, body.byteOffset, body.byteLength));
  call.sentEnd();
  return init;
}

function withObservedBody(response: Response, call: CallRecording, finish: () => void): Response {
  if (response.body === null) {
    finish();
    call.ended({ kind: "complete" });
    return response;
  }
  const body = observe(response.body, call.received, (reason, cancelled) => {
    finish();
    endWith(call, reason, cancelled);
  });
  const { status, statusText, headers, url, redirected, type } = response;
  // A response that is made has no address and type of its own.
  return Object.defineProperties(new Response(body, { status, statusText, headers }), {
    url: { value: url },
    redirected: { value: redirected },
    type: { value: type },
  });
}

/** The same bytes at the same pace. `onEnd` gets what a failed or cancelled stream was given as the reason. */
function observe(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onChunk: (chunk: Uint8Array) => void,
  onEnd: (reason: unknown, cancelled: boolean) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) {
            onChunk(value);
            controller.enqueue(value);
            return;
          }
          onEnd(undefined, false);
          controller.close();
        } catch (reason) {
          onEnd(reason, reason instanceof DOMException && reason.name === "AbortError");
          controller.error(reason);
        }
      },
      cancel(reason) {
        onEnd(reason, true);
        return reader.cancel(reason);
      },
    },
    // Nothing is read from the network before the app asks for it.
    { highWaterMark: 0 },
  );
}

function endWith(call: CallRecording, reason: unknown, cancelled: boolean): void {
  if (cancelled) call.ended({ kind: "cancelled", reason: textOf(reason) });
  else if (reason === undefined) call.ended({ kind: "complete" });
  else call.ended({ kind: "failed", reason: textOf(reason) });
}

function addressOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input);
}

function headerList(headers: Headers): HeaderEntry[] {
  return [...headers];
}

function textOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason ?? "");
}
