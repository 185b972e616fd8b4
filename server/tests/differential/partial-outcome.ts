import type { Outcome } from "./outcome.ts";

/** The head of a last envelope, in which its length stands. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what comes before the status is binary
const LAST_ENVELOPE = /[\x02\x80]\0\0..(?=\{"error"|grpc-)/s;

/** A body without the words of an error in it. */
function withoutMessage(body: string): string {
  // One that was shortened is no error.
  if (!body.endsWith('"')) return body;
  const text: string = JSON.parse(body);
  return text
    .replace(/"message":"(?:[^"\\]|\\.)*"/, "")
    .replace(/grpc-message: .*?\r\n/, "")
    .replace(LAST_ENVELOPE, "");
}

/** The outcome of an invalid argument without the words that say what is wrong with it; any other as it is. */
export function withoutWording(outcome: Partial<Outcome>): Partial<Outcome> {
  const { headers = [], trailers = [], body = '""', ...rest } = outcome;
  if (!/invalid_argument|grpc-status: 3\b|mapped/.test([...headers, ...trailers, body].join("\n"))) return outcome;
  const isWording = (field: string) => /^(grpc-message|content-length): /.test(field);
  return {
    ...rest,
    headers: headers.filter((field) => !isWording(field)),
    trailers: trailers.filter((field) => !isWording(field)),
    body: withoutMessage(body),
  };
}

/** Whether a header ends with something, and not with the comma behind which nothing was appended. */
export const endsWithItem = (field: string) => !/,\s*$/.test(field);

/** Nothing but the status of HTTP and whether the response came to its end. */
export function justStatus({ status, ending }: Partial<Outcome>): Partial<Outcome> {
  return {
    ...(status !== undefined && { status }),
    ...(ending !== undefined && { ending: ending.replace(" with headers", "") }),
  };
}

/** The outcome without the body and its length. */
export function withoutBody({ body, ...rest }: Partial<Outcome>): Partial<Outcome> {
  return withoutHeaders(/^content-length: /)(rest);
}

/** The outcome without what is said to caches. */
export function withoutCaching({ headers, ...rest }: Partial<Outcome>): Partial<Outcome> {
  const fields = headers
    ?.filter((field) => !/^(vary: accept-encoding|cache-control: no-store)$/i.test(field))
    .map((field) => (field.startsWith("vary: ") ? field.replace(/, accept-encoding$/, "") : field));
  return { ...rest, ...(fields && { headers: fields }) };
}

/** The outcome without the headers that a pattern finds. */
export function withoutHeaders(pattern: RegExp): (outcome: Partial<Outcome>) => Partial<Outcome> {
  return ({ headers, ...rest }) => ({
    ...rest,
    ...(headers && { headers: headers.filter((field) => !pattern.test(field)) }),
  });
}
