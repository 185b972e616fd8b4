import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drainRequest } from "./drain-request.ts";

const HEAD = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\n";

let server: Server;
let client: Socket;
let closeListeners: number[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  closeListeners = [];
  server = createServer((request, response) => {
    closeListeners.push(request.socket.listenerCount("close"));
    response.end();
    drainRequest(request);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on a port has an address.
  client = connect((server.address() as AddressInfo).port, "127.0.0.1");
});

afterEach(async () => {
  client.destroy();
  server.close();
  await once(server, "close");
  vi.useRealTimers();
});

it("leaves no timer, and nothing at the connection, when the rest of the request has come", async () => {
  for (let times = 0; times < 3; times++) {
    client.write(HEAD);
    await once(client, "data");
    expect(vi.getTimerCount()).toBe(1);
    client.write("abc");
    await expect.poll(() => vi.getTimerCount()).toBe(0);
  }
  expect(closeListeners).toEqual(Array.from({ length: 3 }, () => closeListeners[0]));
});

it("leaves no timer when the connection is lost before that", async () => {
  client.write(HEAD);
  await once(client, "data");
  expect(vi.getTimerCount()).toBe(1);
  client.destroy();
  await expect.poll(() => vi.getTimerCount()).toBe(0);
});
