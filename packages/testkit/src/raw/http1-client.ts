import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { readHttp1Response } from "./http1-response.ts";
import { type RawClient, type RawRequest, type RawResponse, TIMEOUT_MS, turn } from "./raw-call.ts";

/**
 * Creates a client of HTTP/1.1, in clear text or over TLS, that writes its requests itself. A request without `content-length` and with a body is sent in chunks
 * of its own, each as one chunk of HTTP.
 */
export function createHttp1Client(port: number, isEncrypted = false): RawClient {
  return {
    async send(request) {
      const [response] = await exchange({ port, isEncrypted }, [request]);
      if (response === undefined) throw new Error("every request has a response");
      return response;
    },
    [Symbol.dispose]: () => undefined,
  };
}

/** Where a server is, and whether it is spoken to over TLS, with whatever certificate. */
export interface Http1Target {
  readonly port: number;
  readonly isEncrypted?: boolean;
}

/** Opens a connection; what breaks it off shows in the response. */
async function open({ port, isEncrypted = false }: Http1Target): Promise<Socket> {
  const options = { port, host: "127.0.0.1", noDelay: true };
  const socket = isEncrypted
    ? connectTls({ ...options, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] })
    : connect({ ...options, allowHalfOpen: true });
  socket.on("error", () => undefined);
  await Promise.race([once(socket, isEncrypted ? "secureConnect" : "connect"), once(socket, "close")]);
  return socket.setNoDelay();
}

/** Sends requests one after the other on one connection, each when the response to the one before has come and what is done between is done. */
export async function exchange(
  target: Http1Target,
  requests: readonly RawRequest[],
  between: () => Promise<void> = async () => undefined,
): Promise<RawResponse[]> {
  const socket = await open(target);
  const received = receive(socket);
  try {
    const responses: RawResponse[] = [];
    for (const request of requests) {
      const written = write(socket, request);
      // A connection that a response has left of no use is not waited for long.
      responses.push(await received.next(responses.length === 0 ? TIMEOUT_MS : 300));
      await written;
      await between();
    }
    return responses;
  } finally {
    socket.destroy();
  }
}

async function write(socket: Socket, { method, path, headers, chunks, open = false }: RawRequest): Promise<void> {
  const chunked = !headers.some(([name]) => name.toLowerCase() === "content-length") && chunks.length > 0;
  const fields = chunked ? [...headers, ["transfer-encoding", "chunked"] as const] : headers;
  const head = [`${method} ${path} HTTP/1.1`, ...fields.map(([name, value]) => `${name}: ${value}`), "", ""];
  socket.write(head.join("\r\n"), "latin1");
  for (const chunk of chunks) {
    if (chunk.length === 0) continue;
    await turn();
    const size = Buffer.from(`${chunk.length.toString(16)}\r\n`);
    socket.write(chunked ? Buffer.concat([size, chunk, Buffer.from("\r\n")]) : chunk);
  }
  if (chunked && !open) socket.write("0\r\n\r\n");
}

/** Gathers what comes in, and cuts it into responses. */
function receive(socket: Socket): { next(timeoutMs: number): Promise<RawResponse> } {
  let bytes: Buffer = Buffer.alloc(0);
  let closed = false;
  let wake = Promise.withResolvers<void>();
  const close = () => {
    closed = true;
    wake.resolve();
  };
  socket.on("data", (data: Buffer) => {
    bytes = bytes.length === 0 ? data : Buffer.concat([bytes, data]);
    wake.resolve();
  });
  socket.on("end", close).on("close", close);
  return {
    async next(timeoutMs) {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        wake.resolve();
      }, timeoutMs);
      try {
        for (;;) {
          const { response, length } = read(bytes, closed);
          if (length !== undefined) bytes = bytes.subarray(length);
          if (length !== undefined || closed || late) return response;
          wake = Promise.withResolvers();
          await wake.promise;
        }
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** What an implementation says of lengths can make what comes no response at all, which is an outcome, too. */
function read(bytes: Buffer, closed: boolean): ReturnType<typeof readHttp1Response> {
  try {
    return readHttp1Response(bytes, closed);
  } catch (error) {
    const response = {
      status: 0,
      headers: [],
      body: Buffer.alloc(0),
      trailers: [],
      ending: String(error).slice(0, 60),
    };
    return { response, length: bytes.length };
  }
}
