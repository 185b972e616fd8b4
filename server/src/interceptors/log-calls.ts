import type { Logger } from "pino";
import type { CallObserver } from "./observe-calls.ts";

/**
 * Logs each call when it has ended: method, protocol, status code and duration in milliseconds. Faults of the server are
 * errors with their stack; everything else, a client's mistakes included, is information, and probes, which come every few
 * seconds, are for debugging only.
 */
export function logCalls(logger: Logger): CallObserver {
  return {
    ended({ service, method, protocol, code, error, isFault, milliseconds }) {
      const level = isFault ? "error" : levelOf(service);
      if (!logger.isLevelEnabled(level)) return;
      const call = { method, protocol, code, ms: Math.round(milliseconds * 10) / 10 };
      if (isFault) logger.error({ ...call, err: error }, "call failed");
      else logger[level](call, "call");
    },
  };
}

function levelOf(service: string): "debug" | "info" {
  return service.startsWith("grpc.health.") ? "debug" : "info";
}
