import { Code, type Interceptor } from "@connectrpc/connect";
import type { Logger } from "pino";
import { observeCalls } from "./call-outcome.ts";
import { protocolOf } from "./protocol-of.ts";

/**
 * Logs each call when it has ended: method, protocol, status code and duration in milliseconds. Faults of the server are
 * errors with their stack; everything else, a client's mistakes included, is information.
 */
export function logCalls(logger: Logger): Interceptor {
  return observeCalls((request) => {
    const start = performance.now();
    return ({ code, error }) => {
      const isFault = code === Code.Internal || code === Code.Unknown || code === Code.DataLoss;
      const level = isFault ? "error" : "info";
      if (!logger.isLevelEnabled(level)) return;
      const call = {
        method: `${request.service.typeName}/${request.method.name}`,
        protocol: protocolOf(request.header),
        code: code === undefined ? "ok" : Code[code],
        ms: Math.round((performance.now() - start) * 10) / 10,
      };
      if (isFault) logger.error({ ...call, err: error }, "call failed");
      else logger.info(call, "call");
    };
  });
}
