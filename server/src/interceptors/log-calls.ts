import type { Logger } from "pino";
import type { CallObserver, EndedCall, ObservedMethod } from "./observe-calls.ts";

type Level = "debug" | "info" | "warn" | "error";

/**
 * Logs each call when it has ended, in one line: method, protocol, carrier, status code, duration in milliseconds, the address of its client,
 * the bytes of its messages, and the trace and the request id that it came with. Nothing of what its messages and other headers say is logged.
 * Faults of the server are errors with their stack; what a server that is well does not answer is a warning; everything else, a client's mistakes
 * included, is information; and probes, which come every few seconds, are for debugging only.
 */
export function logCalls(logger: Logger): CallObserver {
  const loggerOf = createLoggers(logger);
  return {
    ended(ended) {
      const level = levelOf(ended);
      if (!logger.isLevelEnabled(level)) return;
      const own = loggerOf(ended);
      const line = lineOf(ended);
      if (ended.isFault) own.error(Object.assign(line, { err: ended.error }), "call failed");
      else own[level](line, "call");
    },
  };
}

interface CallLine {
  readonly ms: number;
  readonly peer: string | undefined;
  readonly requestBytes: number;
  readonly responseBytes: number;
  received?: number;
  sent?: number;
  traceId?: string;
  requestId?: string;
}

/** What a call has of its own. Fields that are undefined are left out of the line. */
function lineOf({ call, milliseconds, traceId, requestId }: EndedCall): CallLine {
  const line: CallLine = {
    ms: Math.round(milliseconds * 10) / 10,
    peer: call.peer.remoteAddress,
    requestBytes: call.receivedBytes,
    responseBytes: call.sentBytes,
  };
  if (!call.method.readsOne) line.received = call.received;
  if (call.method.sendsMany) line.sent = call.sent;
  if (traceId !== undefined) line.traceId = traceId;
  if (requestId !== undefined) line.requestId = requestId;
  return line;
}

interface KnownLogger {
  readonly protocol: string;
  readonly carrier: string;
  readonly code: string;
  readonly logger: Logger;
}

/** Makes a logger for each kind of end, once, with what all such calls have in common already written: less than half the time of a line. */
function createLoggers(logger: Logger): (call: EndedCall) => Logger {
  const byMethod = new Map<ObservedMethod, KnownLogger[]>();
  return ({ call, method, protocol, code }) => {
    const { carrier } = call;
    let known = byMethod.get(call.method);
    if (known === undefined) {
      known = [];
      byMethod.set(call.method, known);
    }
    for (const one of known) {
      if (one.code === code && one.protocol === protocol && one.carrier === carrier) return one.logger;
    }
    const made = logger.child({ method, protocol, carrier, code });
    known.push({ protocol, carrier, code, logger: made });
    return made;
  };
}

/** What a server that has time, room and a working store does not answer. */
const TROUBLE: ReadonlySet<string> = new Set(["DeadlineExceeded", "ResourceExhausted", "Unavailable"]);

function levelOf({ service, code, isFault, isFromOutside }: EndedCall): Level {
  if (isFault) return "error";
  if (service.startsWith("grpc.health.")) return "debug";
  // The end of a stream because the server is shut down is expected.
  return TROUBLE.has(code) && !(isFromOutside && code === "Unavailable") ? "warn" : "info";
}
