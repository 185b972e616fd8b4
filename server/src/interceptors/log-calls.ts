import { Code, type Interceptor } from "@connectrpc/connect";
import type { Logger } from "pino";
import { observeCalls } from "./call-outcome.ts";
import { protocolOf } from "./protocol-of.ts";

/**
 * Logs each call when it has ended: method, protocol, status code and duration in milliseconds. Faults of the server are
 * errors with their stack; everything else, a client's mistakes included, is information, and probes, which come every few
 * seconds, are for debugging only.
 */
export function logCalls(logger: Logger): Interceptor {
  return observeCalls((request) => {
    const start = performance.now();
    return ({ code, error }) => {
      const isFault = code === Code.Internal || code === Code.Unknown || code === Code.DataLoss;
      const level = isFault ? "error" : levelOf(request.service.typeName);
      if (!logger.isLevelEnabled(level)) return;
      const call = {
        method: `${request.service.typeName}/${request.method.name}`,
        protocol: protocolOf(request.header),
        code: code === undefined ? "ok" : Code[code],
        ms: Math.round((performance.now() - start) * 10) / 10,
      };
      if (isFault) logger.error({ ...call, err: error }, "call failed");
      else logger[level](call, "call");
    };
  });
}

function levelOf(service: string): "debug" | "info" {
  return service.startsWith("grpc.health.") ? "debug" : "info";
}
