import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";

/**
 * Gives a connection that cannot be made, or breaks, the status UNAVAILABLE. The browser reports both as errors without
 * a status, which would reach the page as UNKNOWN. What the server itself answers passes unchanged.
 */
export const networkErrors: Interceptor = (next) => async (request) => {
  try {
    const response = await next(request);
    if (!response.stream) return response;
    return { ...response, message: withNetworkErrors(response.message) };
  } catch (reason) {
    throw toNetworkError(reason);
  }
};

async function* withNetworkErrors<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (reason) {
    throw toNetworkError(reason);
  }
}

/** UNAVAILABLE for a request that failed below the protocol; anything else as it is. */
export function toNetworkError(reason: unknown): unknown {
  if (reason instanceof ConnectError && reason.code !== Code.Unknown) return reason;
  const cause = reason instanceof ConnectError ? reason.cause : reason;
  if (cause instanceof TypeError) {
    return new ConnectError(
      `no connection to the server: ${cause.message}`,
      Code.Unavailable,
      undefined,
      undefined,
      cause,
    );
  }
  // Connect throws plain strings when a body stops before its end.
  if (typeof cause === "string" && cause.startsWith("missing ")) {
    return new ConnectError(`the connection was cut: ${cause}`, Code.Unavailable, undefined, undefined, cause);
  }
  return reason;
}
