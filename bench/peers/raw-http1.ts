// The most that Node's HTTP/1.1 gives: every call is answered at once with the same bytes, whatever it says. The first argument tells
// which: `grpc-web`, `proto` or `json`.
import { createServer } from "node:http";
import { envelope } from "../envelope.ts";
import { listenOnLoopback } from "./announce.ts";
import { hello, helloJson } from "./hello-response.ts";

const trailers = envelope(Buffer.from("grpc-status: 0\r\n"), 0x80);
const answers: Readonly<Record<string, readonly [contentType: string, body: Buffer]>> = {
  "grpc-web": ["application/grpc-web+proto", Buffer.concat([envelope(hello), trailers])],
  proto: ["application/proto", hello],
  json: ["application/json", helloJson],
};
const [contentType, body] = answers[process.argv[2] ?? ""] ?? [];
if (contentType === undefined || body === undefined) throw new Error(`no such answer: ${process.argv[2]}`);
const headers = { "content-type": contentType, "content-length": body.length };

listenOnLoopback(
  createServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(body);
  }),
);
