import { connect } from "node:http2";
import { type PlainRequest, sendRequest } from "@triptych/testkit/clients/send-request.ts";

/** An answer to a request, whatever carried it. */
export interface SurfaceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends one request on a connection of its own. */
export type SendRequest = (baseUrl: string, path: string, request?: PlainRequest) => Promise<SurfaceAnswer>;

/** Sends a request over HTTP/1.1. */
export const overHttp1: SendRequest = async (baseUrl, path, request) => {
  const { status, headers, body } = await sendRequest(baseUrl, path, request);
  return { status, headers, body: body.toString() };
};

/** Sends a request over HTTP/2; trusts any certificate. */
export const overHttp2: SendRequest = async (baseUrl, path, { method = "GET", headers = {}, body } = {}) => {
  const session = connect(baseUrl, { rejectUnauthorized: false });
  try {
    const stream = session.request({ ":method": method, ":path": path, ...headers });
    stream.end(body);
    const { promise: answered, resolve, reject } = Promise.withResolvers<SurfaceAnswer["headers"]>();
    stream.on("response", resolve).on("error", reject);
    const { ":status": status, ...fields } = await answered;
    const chunks: Buffer[] = await stream.toArray();
    return { status: Number(status), headers: fields, body: Buffer.concat(chunks).toString() };
  } finally {
    session.close();
  }
};
