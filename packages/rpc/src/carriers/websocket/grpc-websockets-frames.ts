import { trailerFlag } from "@connectrpc/connect/protocol-grpc-web";
import { encodeMetadata } from "@triptych/wire/metadata-block.ts";
import { ProtocolError } from "@triptych/wire/protocol-error.ts";
import { envelope } from "../../protocols/envelope.ts";

/** The name of the protocol that carries one call of gRPC-Web over one WebSocket. */
export const GRPC_WEBSOCKETS = "grpc-websockets";

/** What a message of a client, after the first, adds to its call. */
export type ClientMessage = { readonly type: "bytes"; readonly bytes: Uint8Array } | { readonly type: "end" };

/** How many bytes come before a message of a method: the control byte, and the flag and length of gRPC. */
export const MESSAGE_OVERHEAD_BYTES = 6;

const MORE = 0;
const END = 1;

/**
 * Reads a message of a client: a control byte and what follows it.
 * @throws ProtocolError when the control byte is none.
 */
export function readClientMessage(message: Uint8Array): ClientMessage {
  const [control] = message;
  if (control === END && message.length === 1) return { type: "end" };
  if (control === undefined || control === MORE) return { type: "bytes", bytes: message.subarray(1) };
  const got = control === END ? `1 and ${message.length - 1} bytes` : control;
  throw new ProtocolError(`a message must begin with 0, or be the byte 1 alone: got ${got}`);
}

/** Writes headers or trailers as a frame of their own. */
export function encodeMetadataFrame(metadata: Headers): Uint8Array {
  return envelope(trailerFlag, encodeMetadata(metadata));
}
