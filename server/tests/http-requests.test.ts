import { once } from "node:events";
import { connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { createListener } from "@triptych/rpc/port/listener.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { callHeaders } from "@triptych/testkit/http2/call-headers.ts";
import { frame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import { describe, expect, it } from "vitest";
import { startServer } from "../src/testing/start-server.ts";
import { useServer } from "../src/testing/use-server.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
const BODY = '{"name":"Ada"}';
const LENGTH = `content-type: application/json\r\ncontent-length: ${BODY.length}\r\n`;
const PROTOCOL_ERROR = 1;

/** Sends bytes and reads until the server closes the connection. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(text);
  return (await socket.toArray()).join("");
}

describe.each([
  ["clear", {}],
  ["encrypted", { TLS: "self-signed" }],
] as const)("over a %s port", (_kind, settings) => {
  const server = useServer(settings);

  // RFC 9110, 7.8: a server may ignore an upgrade that it does not want.
  it.each(["h2c", "websocket, h2c", "chess"])("an upgrade to %s is ignored", async (upgrade) => {
    const headers = { connection: "upgrade", upgrade, "http2-settings": "AAMAAABkAAQCAAAAAAIAAAAA" };
    expect((await sendRequest(server.baseUrl, "/healthz", { headers })).status).toBe(200);
    const call = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: BODY };
    const { status, body } = await sendRequest(server.baseUrl, SAY_HELLO, call);
    expect(status).toBe(200);
    expect(JSON.parse(body.toString())).toMatchObject({ message: "Hello, Ada!" });
  });
});

describe("over HTTP/1.1", () => {
  const server = useServer();
  const url = (path: string) => `http://127.0.0.1:${server.port}${path}`;

  // RFC 9112, 3.2.2: the host of the target counts, and that of the header does not.
  it("a target may be a whole URL", async () => {
    const health = await exchange(
      server.port,
      `GET ${url("/healthz?a")} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
    );
    expect(health).toMatch(/^HTTP\/1\.1 200 [\s\S]*"alive"/);
    const call = `POST ${url(SAY_HELLO)} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${LENGTH}\r\n${BODY}`;
    expect(await exchange(server.port, call)).toMatch(/^HTTP\/1\.1 200 [\s\S]*Hello, Ada!/);
  });

  it("the host of such a target is the one that is checked", async () => {
    const request = "GET http://evil.example/metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    expect(await exchange(server.port, request)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it.each(["ftp://127.0.0.1/healthz", "healthz", "http://", "http://user@127.0.0.1/healthz"])(
    "a target such as %s is refused",
    async (target) => {
      const request = `GET ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`;
      expect(await exchange(server.port, request)).toMatch(/^HTTP\/1\.1 400 /);
    },
  );

  // RFC 9112, 3.2.
  it("two lines of host are refused, in the protocol of a call", async () => {
    const answer = await exchange(
      server.port,
      `POST ${SAY_HELLO} HTTP/1.1\r\nhost: a\r\nHost: a\r\n${LENGTH}\r\n${BODY}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"invalid_argument"/);
    expect(await exchange(server.port, "GET / HTTP/1.1\r\nhost: a\r\nHost: a\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  });

  // RFC 9112, 6.1: the framing is faulty, and the connection closes.
  it.each(["", "connection: keep-alive\r\n"])("HTTP/1.0 with transfer-encoding is refused, with %o", async (header) => {
    const call = `POST ${SAY_HELLO} HTTP/1.0\r\nhost: a\r\n${header}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\ne\r\n${BODY}\r\n0\r\n\r\n`;
    expect(await exchange(server.port, call)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each(["/healthz", "/readyz", "/metrics"])("%s is only read", async (path) => {
    const { status, headers } = await sendRequest(server.baseUrl, path, { method: "POST", body: "x" });
    expect(status).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
    expect((await sendRequest(server.baseUrl, path, { method: "HEAD" })).status).toBe(200);
  });
});

describe("over HTTP/2", () => {
  const server = useServer();

  // RFC 9113, 8.3.1.
  it("a host that is not the authority makes a request malformed", async () => {
    using connection = await openRawConnection(server.port);
    const headers = callHeaders(SAY_HELLO, [["host", "other.example"]]);
    await connection.send(frame(FrameType.headers, FrameFlag.endHeaders, 1, headers));
    await expect.poll(() => connection.count(FrameType.rstStream), TIMEOUT).toBe(1);
    const reset = connection.received.find(({ type }) => type === FrameType.rstStream);
    expect(reset?.payload.readUInt32BE()).toBe(PROTOCOL_ERROR);
    expect(connection.goAway()).toBeUndefined();
  });

  it("a host that is the authority in another spelling is fine", async () => {
    const session = connectHttp2(server.baseUrl);
    const stream = session.request({ ":path": "/healthz", ":authority": "localhost:80", host: "LOCALHOST" });
    const [answer] = await once(stream.resume(), "response");
    expect(answer[":status"]).toBe(200);
    session.close();
  });

  // What gRPC's own clients name for such targets: it says nothing of a call.
  it.each([":8080", "a:1,b:2", "[fe80::1%25eth0]:8080", "[fe80::1%eth0]", "%2Ftmp%2Fsocket", "under_score"])(
    "a call is served whose authority is %o",
    async (authority) => {
      const session = connectHttp2(server.baseUrl);
      for (const method of ["/grpc.health.v1.Health/Check", "/no.Such/Method"]) {
        const headers = { ":method": "POST", ":path": method, "content-type": "application/grpc", te: "trailers" };
        const stream = session.request({ ...headers, ":authority": authority });
        let status: unknown;
        const read = (fields: Readonly<Record<string, unknown>>) => {
          status ??= fields["grpc-status"];
        };
        stream.on("response", read).on("trailers", read).resume().end(Buffer.alloc(5));
        await once(stream, "close");
        expect(status).toBe(method.startsWith("/grpc") ? "0" : "12");
      }
      session.close();
    },
  );

  it("a page is not served whose authority is none", async () => {
    const session = connectHttp2(server.baseUrl);
    const stream = session.request({ ":path": "/", ":authority": ":8080" });
    const [answer] = await once(stream.resume(), "response");
    expect(answer[":status"]).toBe(constants.HTTP_STATUS_BAD_REQUEST);
    session.close();
  });
});

describe("a connection over HTTP/1.1", () => {
  it("is kept longer than load balancers keep theirs, unless another time is set", async () => {
    const server = await startServer({ KEEP_ALIVE_SECONDS: "" });
    const headers = { connection: "keep-alive" };
    expect((await sendRequest(server.baseUrl, "/healthz", { headers })).headers["keep-alive"]).toBe("timeout=75");
    await server.close();
    const other = await startServer({ KEEP_ALIVE_SECONDS: "120" });
    expect((await sendRequest(other.baseUrl, "/healthz", { headers })).headers["keep-alive"]).toBe("timeout=120");
    await other.close();
  });

  it.each(["is answered", "comes"])(
    "is said to close in an answer once the server has announced its end when a request %s",
    async (when) => {
      const arrived = Promise.withResolvers<() => void>();
      const listener = createListener({
        certificate: undefined,
        onRequest: (_request, response) => arrived.resolve(() => response.end("finished")),
      });
      const { port } = await listener.listen(0, "127.0.0.1");
      if (when === "comes") listener.announceEnd();
      const answer = exchange(port, "GET / HTTP/1.1\r\nhost: a\r\n\r\n");
      const finish = await arrived.promise;
      if (when !== "comes") listener.announceEnd();
      finish();
      // RFC 9112, 9.6.
      expect(await answer).toMatch(/^connection: close\r$/im);
      await listener.close();
    },
  );
});

describe("an answer that throws", () => {
  it("ends the request, and not the process", async () => {
    const problems: unknown[] = [];
    const fail = () => {
      throw new Error("a fault of what answers");
    };
    const onError = (error: unknown) => problems.push(error);
    const listener = createListener({
      certificate: undefined,
      onRequest: fail,
      onStream: fail,
      onUpgrade: fail,
      onError,
    });
    const { port } = await listener.listen(0, "127.0.0.1");
    expect(await exchange(port, "GET / HTTP/1.1\r\nhost: a\r\n\r\n")).toBe("");
    expect(await exchange(port, "GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n")).toBe(
      "",
    );
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const stream = session.request({ ":path": "/" }).on("error", () => undefined);
    await new Promise((resolve) => stream.on("close", resolve));
    expect(problems).toHaveLength(3);
    session.close();
    await listener.close();
  });
});
