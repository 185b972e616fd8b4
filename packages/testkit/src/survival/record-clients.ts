import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openCallClient } from "../clients/call-client.ts";
import { openStream } from "../clients/open-stream.ts";
import { sendRequest } from "../clients/send-request.ts";
import { CALL_STYLES, createTransport } from "../clients/transports.ts";
import { overHttp1 } from "../come-and-go/over-http1.ts";
import { overOwnSocket } from "../come-and-go/over-web-socket.ts";

/** Has real clients of every protocol and transport call a server; resolves with the bytes that each connection has sent. */
export async function recordClients(port: number): Promise<[Buffer, ...Buffer[]]> {
  const recordings: Buffer[][] = [];
  const clients = new Set<Socket>();
  const proxy = createServer((client) => {
    const recording: Buffer[] = [];
    recordings.push(recording);
    clients.add(client);
    const server = connect(port, "127.0.0.1");
    client.on("data", (bytes: Buffer) => recording.push(bytes));
    client.on("error", () => undefined).on("close", () => server.destroy());
    client.pipe(server);
    server.on("error", () => client.destroy()).pipe(client);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  // A TCP server that listens has an address and port.
  await callInEveryWay((proxy.address() as AddressInfo).port);
  proxy.close();
  // Some clients keep their connections for a next call.
  for (const client of clients) client.destroy();
  await once(proxy, "close");
  const [first, ...others] = recordings.map((recording) => Buffer.concat(recording));
  if (first === undefined) throw new Error("every client opens a connection");
  return [first, ...others];
}

async function callInEveryWay(port: number): Promise<void> {
  const baseUrl = `http://127.0.0.1:${port}`;
  await sendRequest(baseUrl, "/", { headers: { "accept-encoding": "br", connection: "close" } });
  for (const style of CALL_STYLES) {
    const greeter = createClient(GreeterService, createTransport(style, baseUrl));
    await greeter.sayHello({ name: "Ada" });
    await using stream = openStream((options) => greeter.watchGreetings({ recent: 3 }, options));
    await stream.next();
  }
  for (const way of [overHttp1("grpc-web-text"), overOwnSocket]) {
    const call = await way.open(port, { kind: "unary", name: "Ada" });
    await call.over;
    call.leave();
  }
  const client = await openCallClient(baseUrl);
  const call = client.call(GreeterService.method.converse);
  await call.send({ name: "Ada" });
  await call.messages.next();
  call.end();
  await call.trailers;
  client.socket.close();
  await client.closed;
}
