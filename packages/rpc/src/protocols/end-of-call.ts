import type { ConnectError } from "@connectrpc/connect";
import type { LazyHeaders } from "../call/lazy-headers.ts";
import { endOfCall as endOfConnectCall } from "./connect/end-of-call.ts";
import { endOfCall as endOfGrpcCall } from "./grpc/end-of-call.ts";
import { endOfCall as endOfGrpcWebCall } from "./grpc-web/end-of-call.ts";
import type { EndOfCall } from "./response-parts.ts";
import type { WireFormat } from "./wire-format.ts";

/** How a call ends that went well (no error) or failed, in its own protocol. */
export function endOfCall(format: WireFormat, trailer: LazyHeaders, error: ConnectError | undefined): EndOfCall {
  if (format.protocol === "connect") return endOfConnectCall(trailer, error);
  return format.statusIn === "trailers" ? endOfGrpcCall(trailer, error) : endOfGrpcWebCall(trailer, error);
}
