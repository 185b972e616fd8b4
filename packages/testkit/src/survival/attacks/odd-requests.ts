import type { Attack } from "../attack.ts";
import { throwBytes } from "../throw-bytes.ts";

const METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "PATCH",
  "PROPFIND",
  "CONNECT",
  "M-SEARCH",
];
const TARGETS = [
  "/",
  "*",
  "//",
  "/%00",
  "/%",
  "/%ff%fe",
  "/..%2f..%2fetc/passwd",
  "/assets",
  "/assets/",
  "/index.html/",
  "/healthz",
  "/readyz?x",
  "/metrics",
  "http://localhost/healthz",
  "http://[::1/",
  "localhost:80",
  "/calls",
  "/triptych.greeter.v1.GreeterService/SayHello",
  "/triptych.greeter.v1.GreeterService/SayHello?connect=v1&encoding=json&message=%7B",
  "/triptych.calculator.v1.CalculatorService/Add?connect=v1&encoding=proto&base64=1&message=!!",
  `/${"x".repeat(9_000)}`,
];
const HEADERS = [
  "host: localhost",
  "host: a b",
  "host: [::1",
  "range: bytes=5-2",
  "expect: 100-continue",
  "expect: the worst",
  "upgrade: h2c\r\nconnection: upgrade, http2-settings\r\nhttp2-settings: AAMAAABk",
  "upgrade: websocket\r\nconnection: upgrade",
  "upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: x\r\nsec-websocket-protocol: triptych-calls.v1",
  "upgrade: tls/1.3\r\nconnection: upgrade",
  "content-type: application/json",
  "content-type: application/grpc-web-text",
  "content-type: application/connect+proto",
  "content-length: 5",
  "content-length: 99999999999",
  "transfer-encoding: chunked",
  "transfer-encoding: gzip",
  "te: trailers",
  "connection: close",
  "origin: null",
  "cookie: \xff\xfe",
  "accept-encoding: br;q=nan, *;q=0",
  "if-none-match: *",
  "grpc-timeout: 1n",
  "connect-timeout-ms: 0",
] as const;
const VERSIONS = ["1.1", "1.1", "1.0", "2.0", "0.9"] as const;
const BODIES = ["", "{}", "hello", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n"] as const;

/** Requests of HTTP/1.1 that hardly anybody sends: methods, targets, upgrades and headers in any mixture. */
export const oddRequests: Attack = {
  name: "odd requests",
  strike({ port, random }) {
    const one = (list: readonly string[]) => list[random.integer(0, list.length - 1)] ?? "";
    const requests = Array.from({ length: random.integer(1, 3) }, () => {
      const headers = Array.from({ length: random.integer(0, 5) }, () => random.pick(HEADERS));
      const host = random.chance(0.8) ? "host: localhost\r\n" : "";
      const head = `${one(METHODS)} ${one(TARGETS)} HTTP/${random.pick(VERSIONS)}\r\n${host}${headers.join("\r\n")}`;
      return Buffer.from(`${head}\r\n\r\n${random.pick(BODIES)}`, "latin1");
    });
    return throwBytes(port, random, requests);
  },
};
