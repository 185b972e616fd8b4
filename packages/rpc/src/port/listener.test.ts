import { once } from "node:events";
import { IncomingMessage } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { get as httpsGet } from "node:https";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { answerStreams } from "@triptych/testkit/servers/answer-streams.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { afterEach, describe, expect, it } from "vitest";
import type { RequestListener } from "./http.ts";
import { createListener, type Listener, type ListenerOptions } from "./listener.ts";

let listener: Listener | undefined;

const echo: RequestListener = (request, response) => {
  request.resume();
  const version = request instanceof IncomingMessage ? request.httpVersion : "2.0";
  response.end(`${version} ${request.url}`);
};

/** Answers requests of both HTTP versions alike. */
async function listen(options: Partial<ListenerOptions> = {}, onRequest: RequestListener = echo): Promise<number> {
  listener = createListener({ certificate: undefined, onRequest, onStream: answerStreams(onRequest), ...options });
  return (await listener.listen(0, "127.0.0.1")).port;
}

afterEach(async () => {
  listener?.destroy();
  await listener?.close();
});

async function readToEnd(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  await once(socket, "close");
  return text;
}

async function getOverHttp2(origin: string, path: string): Promise<string> {
  const session = connectHttp2(origin, { rejectUnauthorized: false });
  const stream = session.request({ ":path": path });
  const chunks = await stream.setEncoding("utf8").toArray();
  session.close();
  return chunks.join("");
}

/** Writes bytes one by one, each in a packet of its own as far as the system allows. */
async function writeByteByByte(socket: Socket, bytes: Buffer): Promise<void> {
  socket.setNoDelay(true);
  for (const byte of bytes) {
    await new Promise((resolve) => socket.write(Uint8Array.of(byte), resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("a clear-text port", () => {
  it("speaks HTTP/1.1", async () => {
    const port = await listen();
    expect(await (await fetch(`http://127.0.0.1:${port}/one`)).text()).toBe("1.1 /one");
  });

  it("speaks HTTP/2 with prior knowledge", async () => {
    const port = await listen();
    expect(await getOverHttp2(`http://127.0.0.1:${port}`, "/two")).toBe("2.0 /two");
  });

  it("keeps an HTTP/1.1 connection for the next request", async () => {
    const port = await listen();
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /first HTTP/1.1\r\nhost: a\r\n\r\nGET /second HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    const text = await readToEnd(socket);
    expect(text).toContain("1.1 /first");
    expect(text).toContain("1.1 /second");
  });

  it("takes an HTTP/1.1 request that comes byte by byte, also one that begins like HTTP/2", async () => {
    const port = await listen();
    const socket = connect(port, "127.0.0.1");
    const text = readToEnd(socket);
    await writeByteByByte(socket, Buffer.from("PROPFIND /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
    expect(await text).toContain("1.1 /slow");
  });

  it("takes an HTTP/2 preface that comes byte by byte", async () => {
    const port = await listen();
    const socket = connect(port, "127.0.0.1");
    await writeByteByByte(socket, Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    socket.write(Uint8Array.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
    const [settings] = await once(socket, "data");
    // The fourth byte of a frame is its type; 4 is SETTINGS, which a server sends first.
    expect(settings[3]).toBe(4);
    socket.destroy();
  });

  it("rejects an upgrade that nothing takes", async () => {
    const port = await listen();
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n");
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it("hands an upgrade to who takes it", async () => {
    const port = await listen({
      onUpgrade: (request, socket) =>
        socket.end(`HTTP/1.1 101 Switching Protocols\r\n\r\nto ${request.headers.upgrade}`),
    });
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: WebSocket\r\n\r\n");
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 101 [\s\S]*to WebSocket$/);
  });

  it("survives a client that goes away in the middle of everything", async () => {
    const port = await listen();
    for (const part of ["", "P", "PRI * HTTP/2.0\r\n\r\nSM", "GET / HT", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense"]) {
      const socket = connect(port, "127.0.0.1").on("error", () => undefined);
      await once(socket, "connect");
      socket.write(part);
      socket.resetAndDestroy();
    }
    expect(await (await fetch(`http://127.0.0.1:${port}/still-here`)).text()).toBe("1.1 /still-here");
  });

  it("waits for the calls of HTTP/2 connections when it closes, and lets idle connections go", async () => {
    const arrived = Promise.withResolvers<() => void>();
    const port = await listen({}, (_request, response) => arrived.resolve(() => response.end("finished")));
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const stream = session.request({ ":path": "/" });
    const answer = stream.setEncoding("utf8").toArray();
    const finish = await arrived.promise;
    const closed = listener?.close();
    await once(session, "goaway");
    finish();
    expect((await answer).join("")).toBe("finished");
    await closed;
  });
});

describe("a clear-text port that closes", () => {
  it("lets a connection go whose request goes on after its answer", async () => {
    const port = await listen({}, (_request, response) => void response.end("no"));
    const socket = connect(port, "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n1");
    await once(socket, "data");
    const closed = listener?.close();
    await once(socket, "end");
    await closed;
  });

  it("sends a connection away that says only then that it speaks HTTP/2", async () => {
    const port = await listen();
    const socket = connect(port, "127.0.0.1");
    await expect.poll(() => listener?.openConnections()).toBe(1);
    const closed = listener?.close();
    const session = connectHttp2(`http://127.0.0.1:${port}`, { createConnection: () => socket });
    await once(session, "goaway");
    await closed;
  });
});

describe.each(["clear", "encrypted"])("a %s port that closes", (kind) => {
  it("lets an HTTP/1.1 connection go as soon as its request is answered, though the client would keep it", async () => {
    const arrived = Promise.withResolvers<() => void>();
    const certificate = kind === "clear" ? undefined : await createCertificate();
    const port = await listen({
      certificate,
      onRequest: (_request, response) => arrived.resolve(() => response.end("finished")),
    });
    const socket =
      kind === "clear"
        ? connect(port, "127.0.0.1")
        : connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false });
    socket.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    const answer = readToEnd(socket);
    const finish = await arrived.promise;
    const closed = listener?.close();
    finish();
    expect(await answer).toContain("finished");
    await closed;
  });
});

describe("an encrypted port", () => {
  it("lets ALPN choose HTTP/2 or HTTP/1.1", async () => {
    const port = await listen({ certificate: await createCertificate() });
    expect(await getOverHttp2(`https://127.0.0.1:${port}`, "/two")).toBe("2.0 /two");
    const request = httpsGet({ port, host: "127.0.0.1", path: "/one", rejectUnauthorized: false });
    const [response] = await once(request, "response");
    expect((await response.setEncoding("utf8").toArray()).join("")).toBe("1.1 /one");
  });
});
