import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import type { RequestListener } from "@triptych/rpc/port/http.ts";
import { createListener, type Listener } from "@triptych/rpc/port/listener.ts";
import { type PlainRequest, sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { answerStreams } from "@triptych/testkit/servers/answer-streams.ts";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createStaticFiles } from "../src/static-files/static-files.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
const TEN = "0123456789";
/** More than the system holds for a client that does not read. */
const LARGE = Buffer.alloc(16 * 1_048_576, "large ");

let folder: string;
let listener: Listener;
let baseUrl: string;
let port: number;
let problems: unknown[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "triptych-web-"));
  await mkdir(join(folder, "assets"));
  await Promise.all([
    writeFile(join(folder, "index.html"), "<!doctype html>"),
    writeFile(join(folder, "books.html"), "books"),
    writeFile(join(folder, "explorer.html"), "explorer"),
    mkdir(join(folder, "books")).then(() => writeFile(join(folder, "books", "[id].html"), "a book")),
    writeFile(join(folder, "not-found.html"), "not found"),
    writeFile(join(folder, "ten.txt"), TEN),
    writeFile(join(folder, "empty.txt"), ""),
    writeFile(join(folder, "assets", "large.js"), LARGE),
    writeFile(join(folder, "assets", "small.js"), "small()"),
    writeFile(join(folder, "assets", "small.js.gz"), gzipSync("small()")),
  ]);
  problems = [];
  const serve = createStaticFiles(folder, { onError: (error) => problems.push(error) });
  const onRequest: RequestListener = (request, response) => {
    response.setHeader("vary", "origin");
    serve(request, response);
  };
  listener = createListener({
    certificate: undefined,
    onRequest,
    onStream: answerStreams(onRequest),
    onError: (error) => problems.push(error),
  });
  ({ port } = await listener.listen(0, "127.0.0.1"));
  baseUrl = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  vi.useRealTimers();
  listener.destroy();
  await listener.close();
  await rm(folder, { recursive: true });
});

async function get(path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") {
  const request: PlainRequest = { method, headers };
  const response = await sendRequest(baseUrl, path, request);
  return { ...response, text: response.body.toString() };
}

it("names the picture for links by its whole address where the origin is known, in every coding", async () => {
  const meta = (address: string) => `<meta property="og:image" content="${address}" />${" ".repeat(2_000)}`;
  await writeFile(join(folder, "linked.html"), meta("/picture.png"));
  await writeFile(join(folder, "linked.html.br"), "as built");
  await writeFile(join(folder, "linked.html.gz"), "as built");
  const linked = await getterOf("https://app.example.com");
  const whole = meta("https://app.example.com/picture.png");
  expect(`${(await linked("identity")).body}`).toBe(whole);
  expect(`${brotliDecompressSync((await linked("br")).body)}`).toBe(whole);
  expect(`${gunzipSync((await linked("gzip")).body)}`).toBe(whole);
  const other = await getterOf("https://b.example.com");
  const tags = await Promise.all([linked("identity"), linked("br"), linked("gzip"), other("identity")]);
  expect(new Set(tags.map(({ headers }) => headers.etag)).size).toBe(4);
});

/** Asks for `/linked` in a coding of a server that browsers see at an origin. */
async function getterOf(origin: string) {
  const server = createServer(createStaticFiles(folder, { origin })).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return (coding: string) => {
    const headers = { "accept-encoding": coding };
    return sendRequest(`http://127.0.0.1:${port}`, "/linked", { method: "GET", headers });
  };
}

describe("a path that names no file", () => {
  it.each([
    ["/", "<!doctype html>"],
    ["/books", "books"],
    ["/books/?view=orders", "books"],
    ["/books/7?protocol=connect", "a book"],
    ["/books/7/", "a book"],
    ["/Books", "books"],
  ])("gets the document of its page: %s", async (path, text) => {
    const answer = await get(path);
    expect(answer).toMatchObject({ status: 200, text });
    expect(answer.headers).toMatchObject({ "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" });
  });

  it.each(["/index", "/nowhere", "/books/of/mine"])("is 404 with the document that says so: %s", async (path) => {
    const answer = await get(path, { range: "bytes=0-1", "if-none-match": "*" });
    expect(answer).toMatchObject({ status: 404, text: "not found" });
    expect(answer.headers).toMatchObject({ "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" });
  });
});

it("has no document by the name of its file", async () => {
  expect(await get("/books.html")).toMatchObject({ status: 404 });
  expect(await get("/index.html")).toMatchObject({ status: 404 });
});

it("lets the document of the Explorer alone call other servers", async () => {
  const policyOf = async (path: string) => String((await get(path)).headers["content-security-policy"]);
  expect(await policyOf("/explorer?server=x")).toContain("connect-src 'self' http: https: ws: wss:");
  for (const path of ["/", "/books", "/nowhere", "/assets/small.js"])
    expect(await policyOf(path)).toMatch(/connect-src 'self'$/);
});

describe("a file of ten bytes, asked for by a range", () => {
  // RFC 9110, 14.1.2 and 14.2.
  it.each([
    ["bytes=0-0", "0", "bytes 0-0/10"],
    ["bytes=-5", "56789", "bytes 5-9/10"],
    ["bytes=-99", TEN, "bytes 0-9/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=0-99999999999999999999", TEN, "bytes 0-9/10"],
  ])("comes in part for %s", async (range, text, contentRange) => {
    const answer = await get("/ten.txt", { range });
    expect(answer).toMatchObject({ status: 206, text });
    expect(answer.headers).toMatchObject({ "content-range": contentRange, "content-length": String(text.length) });
  });

  it.each(["bytes=5-2", "items=0-5", "bytes=a-b", "bytes=", "bytes=0-1,3-4"])("comes whole for %s", async (range) => {
    const answer = await get("/ten.txt", { range });
    expect(answer).toMatchObject({ status: 200, text: TEN });
    expect(answer.headers["content-range"]).toBeUndefined();
  });

  it.each(["bytes=10-", "bytes=99999999999999999999-", "bytes=-0"])("does not come for %s", async (range) => {
    const answer = await get("/ten.txt", { range });
    expect(answer.status).toBe(416);
    expect(answer.headers["content-range"]).toBe("bytes */10");
  });

  it("comes whole when it may be another by now, or only its headers are asked for", async () => {
    const range = "bytes=0-0";
    const { headers } = await get("/ten.txt");
    expect((await get("/ten.txt", { range, "if-range": String(headers.etag) })).text).toBe(TEN);
    expect(await get("/ten.txt", { range }, "HEAD")).toMatchObject({
      status: 200,
      text: "",
      headers: { "content-length": "10" },
    });
  });
});

describe("a file", () => {
  it("is not sent again to who has it", async () => {
    const { headers } = await get("/ten.txt");
    const etag = String(headers.etag);
    for (const condition of [etag, `"other", ${etag}`, "*", etag.replace("W/", "")])
      expect(await get("/ten.txt", { "if-none-match": condition })).toMatchObject({ status: 304, text: "" });
    expect((await get("/ten.txt", { "if-none-match": '"other"' })).status).toBe(200);
  });

  it("says that it depends on the encoding as well as on what it depended on before", async () => {
    const { headers } = await get("/assets/small.js", { "accept-encoding": "gzip" });
    expect(headers["content-encoding"]).toBe("gzip");
    expect(headers.vary).toBe("origin, accept-encoding");
    expect((await get("/assets/small.js", { "if-none-match": "*" })).headers.vary).toBe("origin, accept-encoding");
  });

  it.each(["gzip;q=0", "*;q=0", "identity", "br"])("comes as it is for accept-encoding: %s", async (coding) => {
    const { headers, text } = await get("/assets/small.js", { "accept-encoding": coding });
    expect(headers["content-encoding"]).toBeUndefined();
    expect(text).toBe("small()");
  });

  it("that is empty comes empty", async () => {
    expect(await get("/empty.txt")).toMatchObject({ status: 200, text: "", headers: { "content-length": "0" } });
  });

  it("that was replaced comes as it is now", async () => {
    await get("/ten.txt");
    await writeFile(join(folder, "ten.txt"), "eleven bytes");
    expect((await get("/ten.txt")).text).toBe("eleven bytes");
  });

  it("that is gone is not found, though it was sent before", async () => {
    await get("/ten.txt");
    await rm(join(folder, "ten.txt"));
    await rm(join(folder, "index.html"));
    await rm(join(folder, "assets", "small.js.gz"));
    expect((await get("/ten.txt")).status).toBe(404);
    expect((await get("/")).status).toBe(404);
    expect(await get("/assets/small.js", { "accept-encoding": "gzip" })).toMatchObject({
      status: 200,
      text: "small()",
    });
    expect(problems).toEqual([]);
  });

  it("that cannot be read is an error of the server, which is told", async () => {
    await rm(join(folder, "ten.txt"));
    await symlink("ten.txt", join(folder, "ten.txt"));
    expect((await get("/ten.txt")).status).toBe(500);
    expect(problems).toMatchObject([{ code: "ELOOP" }]);
    expect((await get("/empty.txt")).status).toBe(200);
  });

  it("is only read", async () => {
    const { status, headers } = await get("/ten.txt", {}, "DELETE");
    expect(status).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
  });
});

describe("a download", () => {
  it.each(["HTTP/1.1", "HTTP/2"])("that is whole has every byte over %s", async (version) => {
    const body = version === "HTTP/2" ? await getOverHttp2() : (await get("/assets/large.js")).body;
    expect(body.equals(LARGE)).toBe(true);
  });

  it.skipIf(!existsSync("/proc/self/fd"))("that its client leaves keeps no descriptor", async () => {
    await get("/assets/large.js");
    const before = (await readdir("/proc/self/fd")).length;
    for (let round = 0; round < 20; round++) {
      const socket = connect(port, "127.0.0.1");
      socket.write("GET /assets/large.js HTTP/1.1\r\nhost: a\r\n\r\n");
      await once(socket, "data");
      socket.resetAndDestroy();
      const session = connectHttp2(baseUrl);
      const stream = session.request({ ":path": "/assets/large.js" });
      await once(stream, "data");
      session.destroy();
    }
    await expect.poll(() => listener.openConnections(), TIMEOUT).toBe(0);
    await expect.poll(async () => (await readdir("/proc/self/fd")).length, TIMEOUT).toBeLessThanOrEqual(before);
  });

  it("that its client does not take is cut, over HTTP/1.1 with its connection", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    socket.write("GET /assets/large.js HTTP/1.1\r\nhost: a\r\n\r\n");
    await once(socket, "readable");
    expect(listener.openConnections()).toBe(1);
    vi.advanceTimersByTime(30_000);
    await expect.poll(() => listener.openConnections(), TIMEOUT).toBe(0);
    socket.destroy();
  });

  it("that its client does not take is cut, over HTTP/2 with its stream", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const session = connectHttp2(baseUrl, { settings: { initialWindowSize: 0 } });
    const stream = session.request({ ":path": "/assets/large.js" });
    stream.on("error", () => undefined);
    await once(stream, "response");
    vi.advanceTimersByTime(30_000);
    await once(stream, "close");
    expect(session.destroyed).toBe(false);
    session.destroy();
  });
});

async function getOverHttp2(): Promise<Buffer> {
  const session = connectHttp2(baseUrl);
  const chunks: Buffer[] = await session.request({ ":path": "/assets/large.js" }).toArray();
  session.close();
  return Buffer.concat(chunks);
}
