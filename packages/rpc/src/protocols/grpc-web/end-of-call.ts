import type { ConnectError } from "@connectrpc/connect";
import { trailerFlag, trailerSerialize } from "@connectrpc/connect/protocol-grpc-web";
import type { LazyHeaders } from "../../call/lazy-headers.ts";
import { statusTrailers } from "../grpc/end-of-call.ts";
import type { EndOfCall } from "../response-parts.ts";

/** The end of a call that went well and whose trailers nobody has changed. */
export const OK: EndOfCall = {
  envelope: { flags: trailerFlag, data: new TextEncoder().encode("grpc-status: 0\r\n") },
  trailers: undefined,
};

/** A last envelope with the status and the trailers. */
export function endOfCall(trailer: LazyHeaders, error: ConnectError | undefined): EndOfCall {
  if (error === undefined && trailer.changed === undefined) return OK;
  const data = trailerSerialize(statusTrailers(trailer, error));
  return { envelope: { flags: trailerFlag, data }, trailers: undefined };
}
