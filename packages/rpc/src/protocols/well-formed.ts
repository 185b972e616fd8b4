import { type DescMessage, isMessage } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";

/**
 * The error with every text that leaves with it well-formed UTF-16, its message, its metadata and its details: half a surrogate pair is
 * U+FFFD. The same error when all of it is well-formed. Without that a message cut inside an emoji cannot be written into trailers at all.
 */
export function wellFormedError(error: ConnectError): ConnectError {
  const details = error.details.map(wellFormedDetail);
  const isWellFormed =
    error.rawMessage.isWellFormed() && details.every((detail, index) => detail === error.details[index]);
  if (isWellFormed) return error;
  const { code, metadata, cause } = error;
  const fixed = new ConnectError(error.rawMessage.toWellFormed(), code, metadata, undefined, cause);
  fixed.details = details;
  // An error of another server stays one: its metadata are not ours to pass on.
  if ("isWireError" in error) Object.assign(fixed, { isWireError: error.isWireError });
  return fixed;
}

type Detail = ConnectError["details"][number];

/** A detail that came from the wire is bytes, in which there are no surrogates. */
function wellFormedDetail(detail: Detail): Detail {
  if (!("desc" in detail)) return detail;
  const value = wellFormedValue(detail.value);
  // Of the same shape: only texts in it are others.
  return value === detail.value
    ? detail
    : { desc: detail.desc satisfies DescMessage, value: value as typeof detail.value };
}

/** A copy of a value with its texts well-formed; the value itself when they are. */
function wellFormedValue(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    const items = value.map(wellFormedValue);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const entries = Object.entries(value).map(([key, one]) => [key.toWellFormed(), wellFormedValue(one)] as const);
  const isSame = entries.every(([key, one]) => Object.hasOwn(value, key) && Reflect.get(value, key) === one);
  if (isSame) return value;
  // The prototype of a message has the defaults of fields with presence.
  const copy = isMessage(value) ? Object.create(Object.getPrototypeOf(value)) : {};
  return Object.assign(copy, Object.fromEntries(entries));
}
