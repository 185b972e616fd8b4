import type { RequestHead } from "./face.ts";
import { FIRST_PSEUDO, FieldKind, fieldKind } from "./field-kind.ts";
import type { HeaderField } from "./header-field.ts";

/** A request head whose headers are put into an object when they are first asked for. */
export class DecodedHead implements RequestHead {
  method = "";
  path = "";
  scheme = "";
  authority = "";
  contentLength = -1;
  derived: unknown = undefined;
  private readonly fields: readonly HeaderField[];
  private made: Record<string, string> | undefined = undefined;

  constructor(fields: readonly HeaderField[]) {
    this.fields = fields;
  }

  get headers(): Readonly<Record<string, string>> {
    this.made ??= headersOf(this.fields);
    return this.made;
  }
}

/** The request headers of which there is one, the same as Node's parser of HTTP/1.1 has. */
const SINGLE: ReadonlySet<string> = new Set([
  "authorization",
  "content-type",
  "from",
  "if-modified-since",
  "if-unmodified-since",
  "max-forwards",
  "proxy-authorization",
  "referer",
  "user-agent",
]);

/** The regular headers of a list by their names, on an object without a prototype. */
export function headersOf(fields: readonly HeaderField[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const field of fields) {
    if (fieldKind(field) >= FIRST_PSEUDO) continue;
    const { name, value } = field;
    const before = headers[name];
    // Of a header that has one value the first counts, as over HTTP/1.1: joined, two credentials would be none.
    if (before !== undefined && SINGLE.has(name)) continue;
    // RFC 9113, section 8.2.3; RFC 9110, section 5.3.
    headers[name] = before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`;
  }
  return headers;
}

/** Makes the head of a request of its header list; undefined when it is malformed (RFC 9113, sections 8.1.1, 8.2 and 8.3). */
export function createDecodedHead(fields: readonly HeaderField[]): DecodedHead | undefined {
  const head = new DecodedHead(fields);
  let seen = 0;
  let host: string | undefined;
  for (const field of fields) {
    const kind = fieldKind(field);
    if (kind === FieldKind.forbidden) return undefined;
    if (kind === FieldKind.regular) {
      seen |= 1 << FieldKind.regular;
      continue;
    }
    // Once each, and pseudo-headers before the others.
    if (seen & (1 << kind) || (kind >= FIRST_PSEUDO && seen & REGULAR_KINDS)) return undefined;
    seen |= 1 << kind;
    if (kind === FieldKind.host) host = field.value;
    else setField(head, kind, field.value);
  }
  return isComplete(head, seen) && takeHost(head, host) ? head : undefined;
}

const REGULAR_KINDS = (1 << FieldKind.regular) | (1 << FieldKind.contentLength) | (1 << FieldKind.host);
const HOST_KINDS = (1 << FieldKind.authority) | (1 << FieldKind.host);
const REQUIRED = (1 << FieldKind.method) | (1 << FieldKind.scheme) | (1 << FieldKind.path);

function setField(head: DecodedHead, kind: number, value: string): void {
  if (kind === FieldKind.method) head.method = value;
  else if (kind === FieldKind.path) head.path = value;
  else if (kind === FieldKind.scheme) head.scheme = value;
  else if (kind === FieldKind.authority) head.authority = value;
  else head.contentLength = Number(value);
}

function isComplete({ method, path, scheme }: DecodedHead, seen: number): boolean {
  if (method === "CONNECT") {
    // Section 8.5: an authority and nothing else.
    return (seen & (REQUIRED | (1 << FieldKind.authority))) === ((1 << FieldKind.method) | (1 << FieldKind.authority));
  }
  if ((seen & REQUIRED) !== REQUIRED) return false;
  if (scheme !== "http" && scheme !== "https") return true;
  // RFC 9110, sections 4.2.1 and 7.2: these name a host.
  if ((seen & HOST_KINDS) === 0) return false;
  return path.startsWith("/") || (path === "*" && method === "OPTIONS");
}

/** Takes the host for the authority where there is none; false when they differ (section 8.3.1). */
function takeHost(head: DecodedHead, host: string | undefined): boolean {
  if (host === undefined) return true;
  if (head.authority === "") head.authority = host;
  return withoutDefaultPort(head.authority) === withoutDefaultPort(host);
}

/** A host in the spelling in which it is compared. */
function withoutDefaultPort(host: string): string {
  return host.toLowerCase().replace(/:(?:80|443)?$/, "");
}

/** Whether a header list may stand at the end of a body: no pseudo-headers, nothing forbidden (section 8.1). */
export function isTrailers(fields: readonly HeaderField[]): boolean {
  return fields.every((field) => {
    const kind = fieldKind(field);
    return kind !== FieldKind.forbidden && kind < FIRST_PSEUDO;
  });
}
