import type { ConnectError } from "@connectrpc/connect";
import { createEndStreamSerialization, endStreamFlag } from "@connectrpc/connect/protocol-connect";
import type { LazyHeaders } from "../../call/lazy-headers.ts";
import type { EndOfCall } from "../response-parts.ts";

const serialization = createEndStreamSerialization(undefined);

/** The end of a streaming call that went well and whose trailers nobody has changed. */
export const OK: EndOfCall = {
  envelope: { flags: endStreamFlag, data: new TextEncoder().encode("{}") },
  trailers: undefined,
};

/** A last envelope with the trailers and the error, if there was one. */
export function endOfCall(trailer: LazyHeaders, error: ConnectError | undefined): EndOfCall {
  if (error === undefined && trailer.changed === undefined) return OK;
  const data = serialization.serialize({ metadata: trailer.all, ...(error && { error }) });
  return { envelope: { flags: endStreamFlag, data }, trailers: undefined };
}
