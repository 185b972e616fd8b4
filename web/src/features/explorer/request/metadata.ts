import { base64Decode } from "@bufbuild/protobuf/wire";

/** Names and values that go with a call, in order; a name may be there more than once. */
export type Metadata = readonly (readonly [name: string, value: string])[];

/** A row in which a person writes one of them; the id stays with it while others come and go. */
export interface MetadataRow {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** What is wrong with the name and the value of a row. */
export interface MetadataProblem {
  readonly name?: string;
  readonly value?: string;
}

/** Names that belong to the protocols themselves, which the deadline, the message and the protocol set. */
const ownNames = new Set([
  "content-type",
  "content-length",
  "te",
  "trailer",
  "transfer-encoding",
  "host",
  "connection",
]);

/** Names that a browser sends by itself and lets no page set. */
const browserNames = new Set([
  ...["accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method", "cookie"],
  ...["date", "dnt", "expect", "keep-alive", "origin", "referer", "set-cookie", "upgrade", "user-agent", "via"],
]);

/** The metadata of rows, leaving out rows without a name; and what is wrong, by the id of the row. */
export function readMetadata(rows: readonly MetadataRow[]): {
  readonly metadata: Metadata;
  readonly problems: ReadonlyMap<number, MetadataProblem>;
} {
  const problems = new Map<number, MetadataProblem>();
  const metadata: [string, string][] = [];
  for (const { id, name, value } of rows) {
    if (name.trim() === "" && value.trim() === "") continue;
    const entry: [string, string] = [name.trim().toLowerCase(), value.trim()];
    metadata.push(entry);
    const problem = problemOf(...entry);
    if (problem !== undefined) problems.set(id, problem);
  }
  return { metadata, problems };
}

function problemOf(name: string, value: string): MetadataProblem | undefined {
  const wrongName = problemOfName(name);
  if (wrongName !== undefined) return { name: wrongName };
  if (name.endsWith("-bin"))
    return isBase64(value) ? undefined : { value: "must be base64, because the name ends with -bin" };
  if (!/^[\x20-\x7e]*$/.test(value))
    return { value: "must be plain ASCII; for anything else use a name that ends with -bin" };
  return undefined;
}

function problemOfName(name: string): string | undefined {
  if (!/^[0-9a-z_.-]+$/.test(name)) return "must be made of letters, digits, and _ . -";
  if (ownNames.has(name) || /^(grpc|connect|:)/.test(name)) return "is set by the protocol itself";
  if (browserNames.has(name) || /^(sec|proxy)-/.test(name)) return "cannot be set by a page: the browser does that";
  return undefined;
}

function isBase64(value: string): boolean {
  try {
    base64Decode(value);
    return true;
  } catch {
    return false;
  }
}
