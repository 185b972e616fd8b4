import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerRequest } from "@connectrpc/connect/protocol";
import { parseTimeout as parseConnectTimeout } from "@connectrpc/connect/protocol-connect";
import { parseTimeout as parseGrpcTimeout } from "@connectrpc/connect/protocol-grpc";

/** The error of a call whose request stays away for so long. */
function silenceError(limitMs: number): ConnectError {
  return new ConnectError(`nothing of the request has come for ${limitMs / 1_000} seconds`, Code.DeadlineExceeded);
}

/**
 * Lets no call wait forever for its only message: a handler of the library reads that before anything else, and would observe neither the
 * deadline nor the time meanwhile. Where a client streams, it is for the implementation to say how long it waits.
 */
export function limitSilence(handler: UniversalHandler, limitMs: number): UniversalHandler {
  const { methodKind } = handler.method;
  if (methodKind !== "unary" && methodKind !== "server_streaming") return handler;
  const limited = (request: UniversalServerRequest) => {
    const { body, header } = request;
    if (typeof body !== "object" || body === null || !(Symbol.asyncIterator in body)) return handler(request);
    const deadline = performance.now() + (timeoutOf(header) ?? Number.POSITIVE_INFINITY);
    return handler({ ...request, body: untilSilent(body, limitMs, deadline) });
  };
  return Object.assign(limited, handler);
}

/** The same bytes; `deadline` is in milliseconds of `performance.now`. */
async function* untilSilent(
  body: AsyncIterable<Uint8Array>,
  limitMs: number,
  deadline: number,
): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const result = await nextInTime(iterator, limitMs, deadline);
      if (result.done === true) return;
      yield result.value;
    }
  } finally {
    // Not awaited: who waits for bytes that never come waits for its own end, too.
    iterator.return?.().catch(() => undefined);
  }
}

/** The next bytes. ConnectError when the deadline comes first, or nothing does for too long. */
function nextInTime<T>(iterator: AsyncIterator<T>, limitMs: number, deadline: number): Promise<IteratorResult<T>> {
  const leftMs = deadline - performance.now();
  const error =
    leftMs < limitMs ? new ConnectError("the operation timed out", Code.DeadlineExceeded) : silenceError(limitMs);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(error), Math.max(0, Math.min(leftMs, limitMs)));
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

/** The timeout of a call in milliseconds; undefined when it has none. */
function timeoutOf(header: Headers): number | undefined {
  const isGrpc = header.get("content-type")?.startsWith("application/grpc") === true;
  return isGrpc
    ? parseGrpcTimeout(header.get("grpc-timeout"), Number.MAX_SAFE_INTEGER).timeoutMs
    : parseConnectTimeout(header.get("connect-timeout-ms"), Number.MAX_SAFE_INTEGER).timeoutMs;
}
