// The most that Node's HTTP/2 gives: every call is answered at once with the same bytes and trailers, whatever it says.
// With `stay-open` as its argument it sends the bytes and leaves the stream open; with `tls` it speaks TLS.
import { createSecureServer, createServer, type ServerHttp2Stream } from "node:http2";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { envelope } from "../envelope.ts";
import { listenOnLoopback } from "./announce.ts";
import { hello } from "./hello-response.ts";

const headers = { ":status": 200, "content-type": "application/grpc" };
const options = { waitForTrailers: true };
const answer = envelope(hello);
const isEncrypted = process.argv[2] === "tls";
const staysOpen = process.argv[2] === "stay-open";
const trailers = { "grpc-status": "0" };

const server = isEncrypted ? createSecureServer(await createCertificate()) : createServer();
server.on("stream", (stream: ServerHttp2Stream) => {
  stream.on("error", () => undefined);
  stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  stream.respond(headers, options);
  stream.resume();
  if (staysOpen) stream.write(answer);
  else stream.end(answer);
});
listenOnLoopback(server, isEncrypted ? "https" : "http");
