import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";

/** How long one call may take, in milliseconds. */
const LIMIT_MS = 10_000;

/** Makes a call over HTTP/1.1; resolves with the size of the answer's body, rejects when it does not say that the call succeeded. */
export async function callOnceHttp1({ port }: RunningServer, { path, headers, body, isGood }: Call): Promise<number> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const sent = request({ host: "127.0.0.1", port, path, headers, method: "POST", agent: false, signal });
  sent.end(body);
  // The types do not know what an event brings.
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const answer = await buffer(response);
  if (response.statusCode === 200 && isGood?.(answer) !== false) return answer.length;
  throw new Error(`${path} was answered with ${response.statusCode}: ${answer.toString("latin1", 0, 500)}`);
}
