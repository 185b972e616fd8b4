import { once } from "node:events";
import { connect } from "node:http2";
import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";

/** How long one call may take, in milliseconds. */
const LIMIT_MS = 10_000;

/** Makes a gRPC call over HTTP/2; resolves with the size of the answer's body, rejects when the call does not end with status 0. */
export async function callOnceHttp2(server: RunningServer, call: Call): Promise<number> {
  const scheme = server.isEncrypted ? "https" : "http";
  const session = connect(`${scheme}://127.0.0.1:${server.port}`, { rejectUnauthorized: false });
  try {
    const stream = session.request({ ":method": "POST", ":path": call.path, ...call.headers });
    stream.setTimeout(LIMIT_MS, () => stream.destroy(new Error(`${call.path} was not answered`)));
    let status: unknown;
    let message: unknown;
    const readStatus = (headers: Readonly<Record<string, unknown>>) => {
      status = headers["grpc-status"] ?? status;
      message = headers["grpc-message"] ?? message;
    };
    stream.on("response", readStatus).on("trailers", readStatus);
    let bytes = 0;
    stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    stream.end(call.body);
    await once(stream, "end");
    if (status !== "0") throw new Error(`${call.path} ended with gRPC status ${status}: ${message}`);
    return bytes;
  } finally {
    session.close();
  }
}
