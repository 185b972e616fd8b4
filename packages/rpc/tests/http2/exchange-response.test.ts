import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect as connectHttp2 } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { data, headers, rstStream } from "@triptych/testkit/http2/http2-frames.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createExchange, type Exchange } from "../../src/http2/exchange.ts";
import { FrameType } from "../../src/http2/frame.ts";
import { openRawClient } from "./raw-client.ts";
import { type RecordedStream, useEngine } from "./serve-engine.ts";

const serve = useEngine();
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "exchange-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Makes an exchange whose end is recorded all the same. */
function exchangeOf(recorded: RecordedStream, endStream: boolean, closed = () => {}): Exchange {
  const { stream, head } = recorded;
  const exchange = createExchange(stream, head, endStream);
  const { consumer } = stream;
  stream.consumer = {
    data: (chunk) => consumer.data(chunk),
    end: (trailers) => consumer.end(trailers),
    drained: () => consumer.drained(),
    closed: (cause) => {
      consumer.closed(cause);
      recorded.closed(cause);
      closed();
    },
  };
  return exchange;
}

/** Serves a listener, and asks it as Node's client does. */
async function ask(
  listen: (exchange: Exchange) => void,
  { method = "GET", body = "" }: { method?: string; body?: string } = {},
) {
  const engine = await serve({
    onStream: (recorded, endStream) => listen(exchangeOf(recorded, endStream)),
  });
  const session = connectHttp2(`http://127.0.0.1:${engine.port}`);
  const stream = session.request(
    { ":method": method, ":path": "/a?b=c", cookie: ["d=e", "f=g"] },
    { endStream: false },
  );
  stream.end(body);
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>();
  stream.on("response", resolve).on("error", reject);
  const headers = await promise;
  const chunks = await stream.toArray();
  session.destroy();
  return { headers, body: Buffer.concat(chunks).toString() };
}

it("gives a listener the request, and the client status, headers and body", async () => {
  const { headers, body } = await ask(({ request, response }) => {
    response.statusCode = 201;
    response.setHeader("X-A", "1");
    response.setHeader("set-cookie", ["a=b", "c=d"]);
    response.setHeader("content-length", 10);
    expect(request.socket).toEqual({ remoteAddress: "127.0.0.1", encrypted: false });
    response.write(`${request.method} `);
    response.end(request.url);
  });
  expect(headers).toMatchObject({ ":status": 201, "x-a": "1", "set-cookie": ["a=b", "c=d"], "content-length": "10" });
  expect(Date.parse(String(headers.date))).not.toBeNaN();
  expect(body).toBe("GET /a?b=c");
});

it("gives the body of a request to its reader", async () => {
  const sent = "x".repeat(500_000);
  const { body } = await ask(
    async ({ request, response }) => {
      const chunks = await request.toArray();
      response.end(String(Buffer.concat(chunks).length));
    },
    { method: "POST", body: sent },
  );
  expect(body).toBe("500000");
});

it("takes no more of a request than its streams hold while nobody reads it", async () => {
  const engine = await serve({ onStream: (recorded, endStream) => void exchangeOf(recorded, endStream) });
  using client = await openRawClient(engine.port);
  client.send(headers(1), ...Array.from({ length: 16 }, () => data(1, Buffer.alloc(16_384), false)));
  await client.settled();
  expect(client.all(FrameType.windowUpdate, 1)).toEqual([]);
});

it("pipes a file, as fast as the client takes it", async () => {
  const path = join(folder, "large");
  await writeFile(path, "y".repeat(2_000_000));
  const { body } = await ask(({ response }) => {
    void pipeline(createReadStream(path), response.writeHead(200, { "content-type": "text/plain" }));
  });
  expect(body.length).toBe(2_000_000);
});

describe("sends no body", () => {
  it("to HEAD, whose length stays", async () => {
    const { headers, body } = await ask(
      ({ response }) => {
        response.setHeader("content-length", 5);
        response.end("hello");
      },
      { method: "HEAD" },
    );
    expect(headers).toMatchObject({ ":status": 200, "content-length": "5" });
    expect(body).toBe("");
  });

  it("with 304", async () => {
    const { headers, body } = await ask(({ response }) => response.writeHead(304).end("hello"));
    expect(headers).toMatchObject({ ":status": 304 });
    expect(body).toBe("");
  });
});

it("finishes, and what is piped into it with it", async () => {
  const events: string[] = [];
  const piped = Promise.withResolvers<void>();
  await ask(({ response }) => {
    for (const event of ["finish", "close"]) response.on(event, () => events.push(event));
    pipeline(Readable.from([Buffer.from("hi")]), response).then(piped.resolve, piped.reject);
  });
  await piped.promise;
  await expect.poll(() => events).toEqual(["finish", "close"]);
});

it("rejects headers once they are sent", async () => {
  await ask(({ response }) => {
    response.write("a");
    expect(response.headersSent).toBe(true);
    expect(() => response.setHeader("x", "y")).toThrow("headers are sent");
    response.end();
  });
});

it("notifies a waiting writer that the client has reset the stream", async () => {
  const written = Promise.withResolvers<void>();
  const engine = await serve({
    onStream: (recorded, endStream) => {
      // More than the windows of the client.
      exchangeOf(recorded, endStream).response.write(Buffer.alloc(200_000), () => written.resolve());
    },
  });
  using client = await openRawClient(engine.port);
  client.send(headers(1));
  await client.next(FrameType.data, 1);
  client.send(rstStream(1));
  await written.promise;
});

it("closes the request and the response, and what is piped into it, when the client resets the stream", async () => {
  const closed = Promise.withResolvers<void>();
  const piped = Promise.withResolvers<unknown>();
  const exchanges: Exchange[] = [];
  const path = join(folder, "large");
  await writeFile(path, "y".repeat(2_000_000));
  const engine = await serve({
    onStream: (recorded, endStream) => {
      const exchange = exchangeOf(recorded, endStream, closed.resolve);
      exchanges.push(exchange);
      pipeline(createReadStream(path), exchange.response).catch(piped.resolve);
    },
  });
  using client = await openRawClient(engine.port);
  client.send(headers(1));
  await client.next(FrameType.data, 1);
  client.send(rstStream(1));
  await closed.promise;
  expect(await piped.promise).toMatchObject({ code: "ERR_STREAM_PREMATURE_CLOSE" });
  expect(exchanges).toMatchObject([{ request: { destroyed: true }, response: { destroyed: true } }]);
});
