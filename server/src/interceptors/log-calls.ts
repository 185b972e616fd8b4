import { isOverShare } from "@triptych/rpc/call/over-share.ts";
import { RecentCache } from "@triptych/rpc/recent-cache.ts";
import type { Logger } from "pino";
import { TooMuchStored } from "../domain/errors.ts";
import type { CallObserver, EndedCall, ObservedMethod } from "./observe-calls.ts";
import { LACKS } from "./trouble-codes.ts";

type Level = "debug" | "info" | "warn" | "error";

/**
 * Logs each call when it has ended, in one line: method, protocol, carrier, status code, duration in milliseconds, the address of its client,
 * the principal that it is where the server asks, the bytes of its messages, and the trace and the request id that it came with. Nothing of what its messages and other headers say is logged.
 * Faults of the server are errors with their stack; what a server that is well does not answer is a warning; everything else, a client's mistakes
 * included, is information; and probes, which come every few seconds, are for debugging only.
 */
export function logCalls(logger: Logger): CallObserver {
  const loggerOf = createLoggers(logger);
  const loggersFor = createLoggersOfPrincipals(logger);

  function chooseLogger(ended: EndedCall): ChosenLogger {
    const { principal, code, call } = ended;
    const named = principal === undefined ? undefined : loggersFor(principal);
    const saysPrincipal = named !== undefined || principal === undefined;
    const chosen = { logger: (named ?? loggerOf)(ended), saysPrincipal, principal, code };
    if (saysPrincipal && call.repeatedHead !== undefined) call.repeatedHead.observed = chosen;
    return chosen;
  }

  return {
    ended(ended) {
      const level = levelOf(ended);
      if (!logger.isLevelEnabled(level)) return;
      const { logger: own, saysPrincipal } = lastLoggerOf(ended) ?? chooseLogger(ended);
      const line = lineOf(ended);
      if (!saysPrincipal) line.principal = ended.principal;
      if (ended.isFault) own.error(Object.assign(line, { err: ended.error }), "call failed");
      else own[level](line, "call");
    },
  };
}

/** The logger of a call, and whether what it has written already says who made it. */
interface ChosenLogger extends Pick<EndedCall, "principal" | "code"> {
  readonly logger: Logger;
  readonly saysPrincipal: boolean;
}

/** The logger of the last call whose headers were the same, if this one has ended in the same way: method, protocol and carrier are the same then. */
function lastLoggerOf({ principal, code, call }: EndedCall): ChosenLogger | undefined {
  const last = call.repeatedHead?.observed as ChosenLogger | undefined;
  return last !== undefined && last.code === code && last.principal === principal ? last : undefined;
}

interface CallLine {
  readonly ms: number;
  readonly peer: string | undefined;
  readonly requestBytes: number;
  readonly responseBytes: number;
  received?: number;
  sent?: number;
  principal?: string | undefined;
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

/** How many principals are remembered at most, of which the latest half always is, and after how many calls one of them has loggers of its own: with very many that call in turn, none has. */
const PRINCIPALS_KNOWN = 128;
const CALLS_BEFORE_OWN = 8;
/** How many loggers of one of them are kept, beside the last of each header block that is remembered: each takes some 600 bytes, and there are as many kinds of end as methods, protocols, carriers and codes. */
const OWN_LOGGERS = 64;

type LoggerOf = (call: EndedCall) => Logger;

/**
 * Makes loggers for principals that call again and again, with who calls already written: writing it for each call is 3 % of the time of a
 * call (`npm run bench -- --only identity --profile`). None for others, whose lines say it themselves.
 */
function createLoggersOfPrincipals(logger: Logger): (principal: string) => LoggerOf | undefined {
  const known = new RecentCache<{ calls: number; loggerOf?: LoggerOf }>(PRINCIPALS_KNOWN);
  return (principal) => {
    const one = known.get(principal);
    if (one === undefined) {
      known.set(principal, { calls: 1 });
      return undefined;
    }
    one.calls += 1;
    if (one.calls > CALLS_BEFORE_OWN) one.loggerOf ??= createLoggers(logger.child({ principal }), OWN_LOGGERS);
    return one.loggerOf;
  };
}

interface KnownLogger {
  readonly protocol: string;
  readonly carrier: string;
  readonly code: string;
  readonly logger: Logger;
}

/** Makes a logger for each kind of end, once, with what all such calls have in common already written: less than half the time of a line. More than `most` are not kept. */
function createLoggers(logger: Logger, most = Number.POSITIVE_INFINITY): LoggerOf {
  const byMethod = new Map<ObservedMethod, KnownLogger[]>();
  let kept = 0;
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
    if (kept < most) {
      kept += 1;
      known.push({ protocol, carrier, code, logger: made });
    }
    return made;
  };
}

/** How a call that has ended is logged: an error for a fault of the server, a warning for what a server that is well does not answer. */
export function levelOf({ service, code, error, isFault, isFromOutside }: EndedCall): Level {
  if (isFault) return "error";
  // A server that is well does not answer that either, and is not to blame for it.
  if (isOverShare(error) || (error instanceof Error && error.cause instanceof TooMuchStored)) return "info";
  if (service.startsWith("grpc.health.")) return "debug";
  // The end of a stream because the server is shut down is expected.
  return LACKS.has(code) && !(isFromOutside && code === "Unavailable") ? "warn" : "info";
}
