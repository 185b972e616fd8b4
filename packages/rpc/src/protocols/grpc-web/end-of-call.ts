import type { ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { trailerFlag, trailerSerialize } from "@connectrpc/connect/protocol-grpc-web";
import type { LazyHeaders } from "../../call/lazy-headers.ts";
import type { EndOfCall } from "../response-parts.ts";

const OK: EndOfCall = {
  envelope: { flags: trailerFlag, data: new TextEncoder().encode("grpc-status: 0\r\n") },
  trailers: undefined,
};

/** A last envelope with the status and the trailers. */
export function endOfCall(trailer: LazyHeaders, error: ConnectError | undefined): EndOfCall {
  if (error === undefined && trailer.changed === undefined) return OK;
  const metadata = error === undefined ? trailer.all : setTrailerStatus(trailer.all, error);
  return { envelope: { flags: trailerFlag, data: trailerSerialize(metadata) }, trailers: undefined };
}
