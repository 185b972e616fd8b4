import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import type { Metadata } from "../../../call-link/shared-call.ts";
import { substitute, type Values } from "../variables/substitute.ts";

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

/** What callers are asked for most often to say who they are, with what a row for it begins with. */
export const CREDENTIAL_PRESETS = [
  { label: "Bearer token", name: "authorization", value: "Bearer " },
  { label: "User and password", name: "authorization", value: "Basic user:password" },
  { label: "API key", name: "x-api-key", value: "" },
] as const;

/** Whether metadata of a name says who calls. */
export function isCredential(name: string): boolean {
  return CREDENTIAL_PRESETS.some((preset) => preset.name === name.trim().toLowerCase());
}

/**
 * The metadata of rows, leaving out rows without a name; what of it is sent, with values in the place of variables and user and password in base64; and what is
 * wrong, by the id of the row.
 */
export function readMetadata(
  rows: readonly MetadataRow[],
  values: Values = new Map(),
): {
  readonly metadata: Metadata;
  readonly sent: Metadata;
  readonly problems: ReadonlyMap<number, MetadataProblem>;
} {
  const problems = new Map<number, MetadataProblem>();
  const metadata: [string, string][] = [];
  const sent: [string, string][] = [];
  for (const { id, name, value } of rows) {
    if (name.trim() === "" && value.trim() === "") continue;
    const entry: [string, string] = [name.trim().toLowerCase(), value.trim()];
    metadata.push(entry);
    const replaced = entry.map((text) => substitute(text, values));
    const [givenName = { text: "" }, givenValue = { text: "" }] = replaced;
    if ("problem" in givenName || "problem" in givenValue) {
      problems.set(id, {
        ...("problem" in givenName && { name: givenName.problem }),
        ...("problem" in givenValue && { value: givenValue.problem }),
      });
      continue;
    }
    const filled: [string, string] = [givenName.text.toLowerCase(), encodedBasic(givenValue.text)];
    sent.push(filled);
    const problem = problemOf(...filled);
    if (problem !== undefined) problems.set(id, problem);
  }
  return { metadata, sent, problems };
}

/** `Basic user:password` as it is sent, in base64, which has no colon; anything else as it is. */
function encodedBasic(value: string): string {
  const pair = /^basic\s+([^:]*:.*)$/i.exec(value)?.[1];
  return pair === undefined ? value : `Basic ${base64Encode(new TextEncoder().encode(pair))}`;
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
