import type { Call } from "@triptych/rpc/call/call.ts";
import type { Attributes } from "../domain/span.ts";
import type { EndedCall } from "../interceptors/observe-calls.ts";
import { rpcStatusCode, rpcSystem } from "../interceptors/rpc-conventions.ts";

/** What is said of a call at its start, by OpenTelemetry's conventions for RPC. */
export function callAttributes({ method, format, carrier, peer }: Call): Attributes {
  const isWebSocket = carrier === "websocket";
  return {
    "rpc.system.name": rpcSystem(format.protocol),
    "rpc.method": method.path.slice(1),
    "triptych.protocol": format.protocol,
    "network.transport": "tcp",
    "network.protocol.name": isWebSocket ? "websocket" : "http",
    ...(!isWebSocket && { "network.protocol.version": carrier === "http/2" ? "2" : "1.1" }),
    ...(peer.remoteAddress !== undefined && { "network.peer.address": peer.remoteAddress }),
  };
}

/** The codes that are errors of a server, by the same conventions. */
const ERRORS: ReadonlySet<string> = new Set([
  "Unknown",
  "DeadlineExceeded",
  "Unimplemented",
  "Internal",
  "Unavailable",
  "DataLoss",
]);

/** What is said of a call at its end, and with what kind of error it failed, where that is one of the server. */
export function statusAttributes({ protocol, code, call, requestId }: EndedCall) {
  const status = rpcStatusCode(protocol, code);
  const error = ERRORS.has(code) ? status : undefined;
  const attributes: Attributes = {
    ...(status !== undefined && { "rpc.response.status_code": status }),
    ...(error !== undefined && { "error.type": error }),
    ...(requestId !== undefined && { "triptych.request_id": requestId }),
    "triptych.messages.received": call.received,
    "triptych.messages.sent": call.sent,
  };
  return { attributes, error };
}
