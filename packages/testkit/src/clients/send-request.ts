import { once } from "node:events";
import { type IncomingHttpHeaders, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** A request over HTTP/1.1, on a connection of its own. */
export interface PlainRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The whole answer to a request. */
export interface PlainResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends one HTTP/1.1 request and reads the answer; trusts any certificate. */
export async function sendRequest(
  baseUrl: string,
  path: string,
  { method = "GET", headers = {}, body }: PlainRequest = {},
): Promise<PlainResponse> {
  const { protocol, hostname, port } = new URL(baseUrl);
  // The path is passed on as it is: a URL would tidy up the odd ones.
  const options = { hostname, port, path, method, headers, agent: false };
  const request =
    protocol === "https:" ? requestHttps({ ...options, rejectUnauthorized: false }) : requestHttp(options);
  request.end(body);
  const [response] = await once(request, "response");
  const chunks: Buffer[] = await response.toArray();
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}
