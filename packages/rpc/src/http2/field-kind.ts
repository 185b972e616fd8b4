import type { HeaderField } from "./header-field.ts";

/** What a header is to the list it stands in. */
export const FieldKind = {
  /** One that HTTP/2 does not allow, whatever the list. */
  forbidden: 1,
  regular: 2,
  contentLength: 3,
  host: 4,
  method: 5,
  scheme: 6,
  authority: 7,
  path: 8,
} as const;

/** The kinds of pseudo-headers are those from here on. */
export const FIRST_PSEUDO: number = FieldKind.method;

/** Lower-case letters and what else a token has (RFC 9113, section 8.2.1; RFC 9110, section 5.6.2). */
const NAME = /^[a-z0-9!#$%&'*+\-.^_`|~]+$/;
const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
/** No controls but tabs, and no white space at either end (RFC 9113, section 8.2.1; RFC 9110, section 5.5). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are searched for
const VALUE = /^(?:[^\x00-\x20\x7f](?:[^\x00-\x08\x0a-\x1f\x7f]*[^\x00-\x20\x7f])?)?$/;
/** A target has no white space and no fragment (RFC 9113, section 8.3.1; RFC 3986, section 3). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are searched for
const TARGET = /^[^\x00-\x20\x7f#]+$/;
/** What RFC 3986, section 3.2, has in an authority, without user information (RFC 9113, section 8.3.1); what makes it a host is for upper layers to say. */
const AUTHORITY = /^[A-Za-z0-9!$%&'()*+,\-.:;=[\]_~]*$/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+\-.]*$/;
/** Digits, as many as a number keeps exactly. */
const CONTENT_LENGTH = /^[0-9]{1,15}$/;

/** Pseudo-headers of requests (RFC 9113, section 8.3.1). */
const PSEUDO_HEADERS: ReadonlyMap<string, readonly [kind: number, value: RegExp]> = new Map([
  [":method", [FieldKind.method, TOKEN]],
  [":scheme", [FieldKind.scheme, SCHEME]],
  [":authority", [FieldKind.authority, AUTHORITY]],
  [":path", [FieldKind.path, TARGET]],
]);

/** Headers that belong to a connection of HTTP/1.1 (RFC 9113, section 8.2.2). */
export const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

/** Whether a name may stand in a header block, apart from pseudo-headers. */
export function isFieldName(name: string): boolean {
  return NAME.test(name);
}

/** Whether a value may stand in a header block. */
export function isFieldValue(value: string): boolean {
  return VALUE.test(value);
}

/** The kind of a header; found out once for each field, which many blocks may refer to. */
export function fieldKind(field: HeaderField): number {
  if (field.kind === 0) field.kind = classify(field);
  return field.kind;
}

function classify({ name, value }: HeaderField): number {
  if (name.startsWith(":")) {
    const [kind, allowed] = PSEUDO_HEADERS.get(name) ?? [];
    return kind !== undefined && allowed?.test(value) ? kind : FieldKind.forbidden;
  }
  if (!NAME.test(name) || !VALUE.test(value) || CONNECTION_HEADERS.has(name)) return FieldKind.forbidden;
  if (name === "te") return value.toLowerCase() === "trailers" ? FieldKind.regular : FieldKind.forbidden;
  if (name === "content-length") return CONTENT_LENGTH.test(value) ? FieldKind.contentLength : FieldKind.forbidden;
  if (name === "host") return AUTHORITY.test(value) ? FieldKind.host : FieldKind.forbidden;
  return FieldKind.regular;
}
