import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from "node:http2";
import { type RawClient, type RawRequest, type RawResponse, TIMEOUT_MS, turn } from "./raw-call.ts";

/** Lets a client that means to send a name twice do so; the types do not know of it yet. */
const options: object = { strictSingleValueFields: false, rejectUnauthorized: false };

/**
 * Creates a client of HTTP/2, with prior knowledge or over TLS, whatever the certificate. It opens another connection when the server has
 * closed one.
 */
export function createHttp2Client(port: number, isEncrypted = false): RawClient {
  let session: ClientHttp2Session | undefined;
  const open = () => {
    if (session === undefined || session.closed || session.destroyed) {
      session = connect(`${isEncrypted ? "https" : "http"}://127.0.0.1:${port}`, options);
      // What breaks a connection off shows in the streams.
      session.on("error", () => undefined);
    }
    return session;
  };
  return {
    async send(request) {
      const response = await send(open(), request);
      // What breaks one stream off may have closed the connection, too.
      if (response.status === 0) session?.destroy();
      return response;
    },
    [Symbol.dispose]: () => session?.destroy(),
  };
}

/** Opens the stream of a request; the pairs of a list let a name come more than once. */
export function openStream(session: ClientHttp2Session, { method, path, headers }: RawRequest): ClientHttp2Stream {
  const scheme = session.encrypted === true ? "https" : "http";
  const pseudo = [":method", method, ":path", path, ":scheme", scheme, ":authority", authorityOf(headers)];
  const fields = headers.filter(([name, value]) => !isOfHttp1(name.toLowerCase(), value)).flat();
  return session.request(
    [...pseudo, ...fields.map((field, index) => (index % 2 === 0 ? field.toLowerCase() : field))],
    {
      endStream: false,
    },
  );
}

/** What HTTP/2 says otherwise, or not at all. */
function isOfHttp1(name: string, value: string): boolean {
  return name === "host" || name === "transfer-encoding" || (name === "te" && value !== "trailers");
}

async function send(session: ClientHttp2Session, request: RawRequest): Promise<RawResponse> {
  const stream = openStream(session, request);
  const closed = new Promise((resolve) => stream.on("close", resolve));
  const received = receive(stream);
  let left: "late" | "answered" | undefined;
  const leave = (why: "late" | "answered") => {
    left = why;
    stream.close(constants.NGHTTP2_CANCEL);
  };
  const timer = setTimeout(() => leave("late"), TIMEOUT_MS);
  // A response may be over before its request is, which then need not be sent to its end.
  stream.on("end", () => {
    if (!stream.writableFinished) leave("answered");
  });
  void writeBody(stream, request);
  await closed;
  clearTimeout(timer);
  return received(left);
}

async function writeBody(stream: ClientHttp2Stream, { chunks, open = false }: RawRequest): Promise<void> {
  for (const chunk of chunks) {
    if (stream.closed || stream.writableEnded) return;
    stream.write(chunk);
    await turn();
  }
  if (!open) stream.end();
}

/** Gathers the parts of a response; what it returns puts them together when the stream is closed, by the client if that has left. */
function receive(stream: ClientHttp2Stream): (left: "late" | "answered" | undefined) => RawResponse {
  const chunks: Buffer[] = [];
  let headers: readonly (readonly [string, string])[] = [];
  let trailers: readonly (readonly [string, string])[] = [];
  let ending = "broken off";
  stream.on("response", (_fields, flags, raw) => {
    headers = pairsOf(raw);
    if ((flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0) ending = "end with headers";
  });
  // The types leave the list of the trailers out, which is there as for headers.
  stream.on("trailers", (...[, , raw]: readonly unknown[]) => {
    trailers = pairsOf(raw as readonly string[]);
  });
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("end", () => {
    if (ending === "broken off") ending = "end";
  });
  stream.on("error", () => undefined);
  return (left) => {
    const code = stream.rstCode ?? 0;
    const status = Number(headers.find(([name]) => name === ":status")?.[1] ?? 0);
    return {
      status,
      headers: headers.filter(([name]) => name !== ":status"),
      body: Buffer.concat(chunks),
      trailers,
      ending: left === "late" ? left : code === 0 || left === "answered" ? ending : `${ending}, reset with ${code}`,
    };
  };
}

function pairsOf(raw: readonly string[]): [name: string, value: string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? "", raw[2 * index + 1] ?? ""]);
}

function authorityOf(headers: RawRequest["headers"]): string {
  return headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "localhost";
}
