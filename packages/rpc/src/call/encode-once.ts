import type { Message } from "@bufbuild/protobuf";
import type { Serialization } from "@connectrpc/connect/protocol";

const encodings = { binary: new WeakMap<Message, Uint8Array>(), json: new WeakMap<Message, Uint8Array>() };

/**
 * Serializes a message of a stream. One that is frozen can never change, so it is serialized once, however many streams it goes to:
 * an event that a thousand clients watch costs the work of one.
 */
export function encodeOnce<T extends Message>(
  serialization: Serialization<T>,
  message: T,
  isBinary: boolean,
): Uint8Array {
  if (!Object.isFrozen(message)) return serialization.serialize(message);
  const known = isBinary ? encodings.binary : encodings.json;
  const kept = known.get(message);
  if (kept !== undefined) return kept;
  // In memory of its own: a piece of a pool would keep the whole pool for as long as the message is there.
  const bytes = new Uint8Array(serialization.serialize(message));
  known.set(message, bytes);
  return bytes;
}
