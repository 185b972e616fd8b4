import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";

/** How a call ended. */
export interface CallOutcome {
  /** The status code; undefined is OK. */
  readonly code: Code | undefined;
  /** What the call failed with; undefined when it did not. */
  readonly error: unknown;
}

type CallRequest = Parameters<ReturnType<Interceptor>>[0];

/**
 * Makes an interceptor that is told when a call starts, and what it returns when the call has ended: for a stream, when its last
 * message is sent, its client has left, or it failed.
 */
export function observeCalls(started: (request: CallRequest) => (outcome: CallOutcome) => void): Interceptor {
  return (next) => async (request) => {
    const ended = started(request);
    try {
      const response = await next(request);
      if (response.stream) return { ...response, message: observeMessages(response.message, request.signal, ended) };
      ended({ code: undefined, error: undefined });
      return response;
    } catch (error) {
      ended(failure(error));
      throw error;
    }
  };
}

async function* observeMessages<T>(
  messages: AsyncIterable<T>,
  signal: AbortSignal,
  ended: (outcome: CallOutcome) => void,
): AsyncGenerator<T> {
  // Until the last message is sent, whoever stops reading has left.
  let outcome: CallOutcome = { code: Code.Canceled, error: undefined };
  try {
    yield* messages;
    outcome = { code: undefined, error: undefined };
  } catch (error) {
    outcome = signal.aborted && signal.reason instanceof ConnectError ? failure(signal.reason) : failure(error);
    throw error;
  } finally {
    ended(outcome);
  }
}

function failure(error: unknown): CallOutcome {
  if (error instanceof ConnectError) return { code: error.code, error };
  const isAbort = error instanceof Error && error.name === "AbortError";
  return { code: isAbort ? Code.Canceled : Code.Internal, error };
}
