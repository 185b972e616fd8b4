import type { OrderCursor } from "./order-store.ts";

const form = /^before:([1-9]\d{0,15})$/;
const maxLength = 31;

/** The cursor as a client sees it: text in which it finds nothing to compute with. */
export function encodePageToken(cursor: OrderCursor): string {
  return btoa(`before:${cursor}`).replace(/=+$/, "");
}

/** The cursor that `encodePageToken` made the token of; undefined when it made no such token. */
export function decodePageToken(token: string): OrderCursor | undefined {
  if (token.length > maxLength) return undefined;
  const cursor = Number(form.exec(decodeBase64(token))?.[1]);
  if (!Number.isSafeInteger(cursor)) return undefined;
  return encodePageToken(cursor) === token ? cursor : undefined;
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}
