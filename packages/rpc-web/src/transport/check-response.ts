import { Code, ConnectError } from "@connectrpc/connect";
import { validateTrailer } from "@connectrpc/connect/protocol-grpc-web";

/**
 * Gives back trailers whose status is OK.
 * @throws ConnectError that they stand for otherwise, with its details and all metadata; INTERNAL when they say nothing that can be understood.
 */
export function checkTrailers(trailers: Headers | undefined, header: Headers | undefined): Headers {
  if (trailers === undefined) throw new ConnectError("a call must end with trailers", Code.Internal);
  try {
    validateTrailer(trailers, header ?? new Headers());
  } catch (error) {
    throw ConnectError.from(error, Code.Internal);
  }
  return trailers;
}

/**
 * Reads to the end what may have one message or, when the call failed, none.
 * @throws ConnectError UNIMPLEMENTED when there are more.
 */
export async function readOnlyMessage(messages: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  let only: Uint8Array | undefined;
  for await (const message of messages) {
    if (only !== undefined) throw new ConnectError("a unary call must have one response: got more", Code.Unimplemented);
    only = message;
  }
  return only;
}
