import type { Logger } from "pino";
import type { CallObserver } from "./observe-calls.ts";

/**
 * Logs each call when it has ended: method, protocol, status code and duration in milliseconds. Faults of the server are
 * errors with their stack; everything else, a client's mistakes included, is information, and probes, which come every few
 * seconds, are for debugging only.
 */
export function logCalls(logger: Logger): CallObserver {
  const loggerOf = createLoggers(logger);
  return {
    ended({ service, method, protocol, code, error, isFault, milliseconds }) {
      const level = isFault ? "error" : levelOf(service);
      if (!logger.isLevelEnabled(level)) return;
      const ms = Math.round(milliseconds * 10) / 10;
      const own = loggerOf(method, protocol, code);
      if (isFault) own.error({ ms, err: error }, "call failed");
      else own[level]({ ms }, "call");
    },
  };
}

/** Makes a logger for each kind of end, once, with what all such calls have in common already written: less than half the time of a line. */
function createLoggers(logger: Logger) {
  const loggers = new Map<string, Logger>();
  return (method: string, protocol: string, code: string): Logger => {
    const kind = `${method} ${protocol} ${code}`;
    const known = loggers.get(kind);
    if (known !== undefined) return known;
    const made = logger.child({ method, protocol, code });
    loggers.set(kind, made);
    return made;
  };
}

function levelOf(service: string): "debug" | "info" {
  return service.startsWith("grpc.health.") ? "debug" : "info";
}
