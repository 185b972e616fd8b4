import { Code, ConnectError, type Interceptor, type StreamRequest } from "@connectrpc/connect";
import { type CallProtocol, protocolOf } from "./protocol-of.ts";
import { watchMessages } from "./watch-messages.ts";

/** How a call ended. */
export interface EndedCall {
  /** The full name of its service. */
  readonly service: string;
  /** The full name of its method, such as `package.Service/Method`. */
  readonly method: string;
  readonly protocol: CallProtocol;
  /** The name of its status code, such as `NotFound`, or `ok`. */
  readonly code: string;
  /** What the call failed with; undefined when it did not. */
  readonly error: unknown;
  /** Whether the server is at fault: not where the messages of a client cannot be read, or the client has reset the call. */
  readonly isFault: boolean;
  /** From its start to its end. */
  readonly milliseconds: number;
}

/** Whoever wants to know of all calls. */
export interface CallObserver {
  /** A call has started. */
  started?(method: string): void;
  /** It has ended: for a stream, when its last message is sent, its client has left, or it failed. */
  ended(call: EndedCall): void;
}

/** Makes an interceptor that tells observers of each call. */
export function observeCalls(...observers: readonly CallObserver[]): Interceptor {
  return (next) => async (request) => {
    const service = request.service.typeName;
    const method = `${service}/${request.method.name}`;
    const start = performance.now();
    // What the client's own messages failed with: they cannot be read, or do not come.
    let unreadable: unknown;
    const ended = (code: Code | undefined, error: unknown) => {
      const isFault = code === Code.Internal || code === Code.Unknown || code === Code.DataLoss;
      const call: EndedCall = {
        service,
        method,
        protocol: protocolOf(request.header),
        code: code === undefined ? "ok" : (Code[code] ?? String(code)),
        error,
        isFault: isFault && (error === undefined || (error !== unreadable && !hasEndedCall(error, request))),
        milliseconds: performance.now() - start,
      };
      for (const observer of observers) observer.ended(call);
    };
    const failed = (error: unknown, told = error) => {
      ended(codeOf(told), told);
      return error;
    };
    for (const observer of observers) observer.started?.(method);
    try {
      if (request.stream) {
        watchRequest(request, (error) => {
          unreadable = error;
        });
      }
      const response = await next(request);
      if (!response.stream) {
        ended(undefined, undefined);
        return response;
      }
      const { signal } = request;
      const message = watchMessages(response.message, {
        finished: () => ended(undefined, undefined),
        failed: (error) => failed(error, signal.reason instanceof ConnectError ? signal.reason : error),
        // Until the last message is sent, whoever stops reading has left.
        left: () => ended(Code.Canceled, undefined),
      });
      return { ...response, message };
    } catch (error) {
      throw failed(error);
    }
  };
}

/** Has someone told of what reading the messages of a request fails with. Changes the request: a copy would lack what it makes when asked. */
function watchRequest(request: StreamRequest, failed: (error: unknown) => void): void {
  const tell = (error: unknown) => {
    failed(error);
    return error;
  };
  Object.assign(request, { message: watchMessages(request.message, { failed: tell }) });
}

/** Whether it is this that ended the call from outside, before its implementation failed: its client's reset, its deadline or a drain. */
function hasEndedCall(error: unknown, { signal }: Pick<StreamRequest, "signal">): boolean {
  return signal.aborted && signal.reason === error;
}

function codeOf(error: unknown): Code {
  if (error instanceof ConnectError) return error.code;
  return error instanceof Error && error.name === "AbortError" ? Code.Canceled : Code.Internal;
}
