import { createHash } from "node:crypto";
import type { RawResponse } from "@triptych/testkit/raw/raw-call.ts";

/** What a client and the implementation see of a call, without what may differ from one moment or connection to the next. */
export interface Outcome {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
  readonly trailers: readonly string[];
  readonly ending: string;
  /** What became of the implementation. */
  readonly journal: readonly string[];
}

/** What the connection needs or the moment decides. */
const PASSING = new Set(["connection", "keep-alive", "transfer-encoding"]);
const DAY_MS = 86_400_000;

/** Reads the outcome of a response; throws where the response contradicts itself. */
export function outcomeOf(response: RawResponse, journal: readonly string[]): Outcome {
  const { status, headers, body, trailers, ending } = response;
  checkLength(response);
  return {
    status,
    headers: sorted(headers.filter(([name]) => !PASSING.has(name) && !isFraming(name, response)).map(withoutTime)),
    body: body.length > 20_000 ? shortened(body) : readable(body),
    trailers: sorted(trailers),
    ending,
    journal: journal.toSorted(),
  };
}

function checkLength({ headers, body, ending }: RawResponse): void {
  const declared = headers.find(([name]) => name === "content-length")?.[1];
  // An implementation may set any length there is, and none.
  if (!/^\d+$/.test(declared ?? "") || !ending.startsWith("end")) return;
  if (Number(declared) !== body.length) throw new Error(`content-length is ${declared} of ${body.length} bytes`);
}

/** Only for the unary calls of Connect is the length part of the protocol. */
function isFraming(name: string, { headers }: RawResponse): boolean {
  if (name !== "content-length") return false;
  const type = headers.find(([other]) => other === "content-type")?.[1] ?? "";
  return !/^application\/(json|proto)$/.test(type);
}

/** Two servers may answer in different seconds. A date that an implementation has set stays. */
function withoutTime([name, value]: readonly [string, string]): readonly [string, string] {
  const isNow = name === "date" && Math.abs(Date.parse(value) - Date.now()) < DAY_MS;
  return isNow ? [name, "now"] : [name, value];
}

function sorted(fields: RawResponse["headers"]): string[] {
  return fields.map(([name, value]) => `${name}: ${value}`).sort();
}

function readable(bytes: Buffer): string {
  return JSON.stringify(bytes.toString("latin1"));
}

function shortened(bytes: Buffer): string {
  const hash = createHash("sha256").update(bytes).digest("hex");
  return `${readable(bytes.subarray(0, 500))}… ${bytes.length} bytes with the hash ${hash}`;
}
