import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { detectProtocol, type HttpVersion } from "./detect-protocol.ts";

const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const LIMIT_MS = 10_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection whose client sends what a test pushes. */
function listenTo() {
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  const detected: HttpVersion[] = [];
  const listeners = () =>
    socket
      .eventNames()
      .map((name) => `${String(name)} ${socket.listenerCount(name)}`)
      .sort();
  const before = listeners();
  // Of a socket it uses only what every duplex stream has.
  detectProtocol(socket as Socket, LIMIT_MS, (protocol) => detected.push(protocol));
  return { socket, detected, before, listeners };
}

it.each([
  ["HTTP/2", PREFACE, "http2"],
  ["HTTP/1.1", "GET / HTTP/1.1\r\n\r\n", "http1"],
])(
  "a connection that has said that it speaks %s lives past the time limit, and has no listeners left of the question",
  async (_name, bytes, protocol) => {
    const { socket, detected, before, listeners } = listenTo();
    socket.push(bytes);
    await vi.waitFor(() => expect(detected).toEqual([protocol]));
    expect(listeners()).toEqual(before);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(LIMIT_MS);
    expect(socket.destroyed).toBe(false);
    expect(socket.read()?.toString()).toBe(bytes);
  },
);

it.each([
  ["ends", (socket: Duplex) => socket.push(null)],
  ["fails", (socket: Duplex) => socket.destroy(new Error("reset"))],
  ["is closed", (socket: Duplex) => socket.destroy()],
])("a connection that %s before it has said what it speaks is destroyed, and leaves no timer", async (_what, act) => {
  const { socket, detected } = listenTo();
  socket.push(PREFACE.slice(0, 5));
  const closed = new Promise((resolve) => socket.on("close", resolve));
  act(socket);
  await closed;
  expect(socket.destroyed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  expect(detected).toEqual([]);
});
