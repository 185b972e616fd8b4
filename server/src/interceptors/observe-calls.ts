import { Code, ConnectError } from "@connectrpc/connect";
import type { Call } from "@triptych/rpc/call/call.ts";
import type { Method } from "@triptych/rpc/call/method.ts";
import type { CallObserver as EngineObserver } from "@triptych/rpc/call/observer.ts";
import type { ProtocolName } from "@triptych/rpc/protocols/wire-format.ts";
import type { Span } from "../domain/span.ts";
import { callerKey } from "../services/caller-key.ts";
import { requestIdOf } from "./request-id.ts";
import { parseTraceParent } from "./trace-parent.ts";
import { FAULTS } from "./trouble-codes.ts";

/** What is known of a call beside how it ended. */
export interface ObservedCall
  extends Pick<
    Call,
    "carrier" | "peer" | "received" | "receivedBytes" | "sent" | "sentBytes" | "observed" | "repeatedHead"
  > {
  readonly method: ObservedMethod;
}

/** What is known of a method: one object for all its calls. */
export type ObservedMethod = Pick<Method, "desc" | "path" | "readsOne" | "sendsMany">;

/** How a call ended. */
export interface EndedCall {
  readonly call: ObservedCall;
  /** The full name of its service. */
  readonly service: string;
  /** The full name of its method, such as `package.Service/Method`. */
  readonly method: string;
  readonly protocol: ProtocolName;
  /** The name of its status code, such as `NotFound`, or `ok`. */
  readonly code: string;
  /** What the call failed with; undefined when it did not. */
  readonly error: unknown;
  /** Whether the server is at fault: not where it is the messages of a client that cannot be read, nor where the call was ended from outside. */
  readonly isFault: boolean;
  /** Whether it was ended by its client, its deadline or a drain, or its request could not be read. */
  readonly isFromOutside: boolean;
  /** From its start to its end. */
  readonly milliseconds: number;
  /** The id of the principal who made it; undefined where nobody is known, or the server does not ask. */
  readonly principal: string | undefined;
  /** The trace of its span; where it has none, the one that its client says it keeps, by `traceparent`. */
  readonly traceId: string | undefined;
  /** What its client calls it, by `x-request-id`. */
  readonly requestId: string | undefined;
}

/** What is notified of all calls. */
export interface CallObserver {
  /** A call has started. */
  started?(call: Call): void;
  /** A message of its request was read, of so many bytes. */
  received?(call: Call, bytes: number): void;
  /** A message of its response was made, of so many bytes. */
  sent?(call: Call, bytes: number): void;
  /** It has waited for something: before it was served, or with a message of its request. Times are in milliseconds of `performance.now`. */
  waited?(call: Call, wait: { readonly what: string; readonly from: number; readonly to: number }): void;
  /** It has ended: for a stream, when its last message is sent, its client has disconnected, or it failed. */
  ended(call: EndedCall): void;
}

/** Has observers hear of each call that the engine serves. */
export function observeCalls(...observers: readonly CallObserver[]): EngineObserver {
  const nameOf = rememberNames();
  const waited: EngineObserver["waited"] = (call, wait) => {
    for (const observer of observers) observer.waited?.(call, wait);
  };
  return {
    // The engine measures waits only for those who ask.
    ...(observers.some((observer) => observer.waited !== undefined) && { waited }),
    started(call) {
      for (const observer of observers) observer.started?.(call);
    },
    received(call, bytes) {
      for (const observer of observers) observer.received?.(call, bytes);
    },
    sent(call, bytes) {
      for (const observer of observers) observer.sent?.(call, bytes);
    },
    ended(call, { error, isFromOutside }) {
      const { method, format, startedAt } = call;
      const code = error === undefined ? "ok" : nameOfCode(codeOf(error));
      const ended: EndedCall = {
        call,
        service: method.desc.parent.typeName,
        method: nameOf(method),
        protocol: format.protocol,
        code,
        error,
        isFault: FAULTS.has(code) && !isFromOutside,
        milliseconds: performance.now() - startedAt,
        isFromOutside,
        principal: principalOf(call),
        traceId: traceIdOf(call),
        requestId: requestIdOf(call.context.requestHeader),
      };
      for (const observer of observers) observer.ended(ended);
    },
  };
}

/** The name of a method without the slash before it, made once. */
function rememberNames(): (method: Method) => string {
  const names = new Map<Method, string>();
  return (method) => {
    const known = names.get(method);
    if (known !== undefined) return known;
    const name = method.path.slice(1);
    names.set(method, name);
    return name;
  };
}

function principalOf({ context }: Call): string | undefined {
  const caller = context.values.get(callerKey);
  return typeof caller === "object" ? caller.id : undefined;
}

function traceIdOf({ context, observed }: Call): string | undefined {
  if (isTraced(observed)) return observed.context.traceId;
  const parent = parseTraceParent(context.requestHeader.get("traceparent"));
  return parent?.isSampled === true ? parent.traceId : undefined;
}

/** Whether what is kept of a call is its span. */
function isTraced(observed: unknown): observed is Pick<Span, "context"> {
  return typeof observed === "object" && observed !== null && "context" in observed;
}

function nameOfCode(code: Code): string {
  return Code[code] ?? String(code);
}

function codeOf(error: unknown): Code {
  if (error instanceof ConnectError) return error.code;
  return error instanceof Error && error.name === "AbortError" ? Code.Canceled : Code.Internal;
}
