import { Code, ConnectError } from "@connectrpc/connect";
import type { CallObserver as EngineObserver } from "@triptych/rpc/call/observer.ts";
import type { ProtocolName } from "@triptych/rpc/protocols/wire-format.ts";

/** How a call ended. */
export interface EndedCall {
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
  /** From its start to its end. */
  readonly milliseconds: number;
}

/** What is notified of all calls. */
export interface CallObserver {
  /** A call has started. */
  started?(method: string): void;
  /** It has ended: for a stream, when its last message is sent, its client has disconnected, or it failed. */
  ended(call: EndedCall): void;
}

const FAULTS: ReadonlySet<Code> = new Set([Code.Internal, Code.Unknown, Code.DataLoss]);

/** Has observers hear of each call that the engine serves. */
export function observeCalls(...observers: readonly CallObserver[]): EngineObserver {
  return {
    started({ method }) {
      const name = method.path.slice(1);
      for (const observer of observers) observer.started?.(name);
    },
    ended({ method, format, startedAt }, { error, isFromOutside }) {
      const code = error === undefined ? undefined : codeOf(error);
      const call: EndedCall = {
        service: method.desc.parent.typeName,
        method: method.path.slice(1),
        protocol: format.protocol,
        code: code === undefined ? "ok" : (Code[code] ?? String(code)),
        error,
        isFault: code !== undefined && FAULTS.has(code) && !isFromOutside,
        milliseconds: performance.now() - startedAt,
      };
      for (const observer of observers) observer.ended(call);
    },
  };
}

function codeOf(error: unknown): Code {
  if (error instanceof ConnectError) return error.code;
  return error instanceof Error && error.name === "AbortError" ? Code.Canceled : Code.Internal;
}
