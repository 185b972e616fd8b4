import type { Message } from "@bufbuild/protobuf";
import type { Call } from "./call.ts";

const encodings = { binary: new WeakMap<Message, Uint8Array>(), json: new WeakMap<Message, Uint8Array>() };

/**
 * Serializes a message of a stream. One that is frozen can never change, so it is serialized once, however many streams it goes to:
 * an event that a thousand clients watch costs the work of one.
 */
export function encodeMessage({ method, format }: Call, message: Message): Uint8Array {
  const serialization = method.serialization.getO(format.binary);
  if (!Object.isFrozen(message)) return serialization.serialize(message);
  const known = format.binary ? encodings.binary : encodings.json;
  const bytes = known.get(message) ?? serialization.serialize(message);
  known.set(message, bytes);
  return bytes;
}
