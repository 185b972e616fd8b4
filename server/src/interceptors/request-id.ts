/** What identifies a request and says nothing else: letters, digits and what stands between them, 64 characters at most. */
const FORM = /^[A-Za-z0-9._:-]{1,64}$/;

/** The id that a client has given its request in `x-request-id`; undefined when there is none, or it could be anything else. */
export function requestIdOf(headers: Pick<Headers, "get">): string | undefined {
  const text = headers.get("x-request-id");
  return text !== null && FORM.test(text) ? text : undefined;
}
