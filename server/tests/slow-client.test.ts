import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { OrderService, WatchOrdersResponseSchema } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { readMetric } from "@triptych/testkit/clients/read-metric.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

// A busy machine takes seconds to start a process.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const WATCHERS = 30;
const ORDERS = 100;
/** An order of 150 kB: all of them are 15 MB, several times what the system's buffers hold for one connection. */
const LARGE_ORDER = {
  items: [{ bookId: 1 }],
  phone: "123456",
  attributes: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`note ${index}`, "語".repeat(1_000)])),
};
/** A server that did not wait for slow clients would hold over 350 MB for those of this test. */
const MOST_GROWTH_BYTES = 200_000_000;

let directory: string;
let server: ServerProcess;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  server = await startServerProcess(await freePort(), directory);
});

afterEach(async () => {
  await server.kill("SIGKILL");
  await rm(directory, { recursive: true });
});

/** Follows orders over HTTP/1.1, waits for the answer to begin and then reads nothing. */
async function watchWithoutReading(): Promise<Socket> {
  const socket = connect(Number(new URL(server.baseUrl).port), "127.0.0.1");
  socket.write(
    "POST /triptych.order.v1.OrderService/WatchOrders HTTP/1.1\r\nhost: a\r\nconnection: close\r\n" +
      "content-type: application/grpc-web+proto\r\ncontent-length: 5\r\n\r\n\0\0\0\0\0",
  );
  await once(socket, "readable");
  return socket;
}

/** Reads orders from a socket until there are so many, and resolves with their sequence numbers. */
async function readSequences(socket: Socket, count: number): Promise<bigint[]> {
  const sequences: bigint[] = [];
  for await (const message of envelopes(chunks(socket))) {
    const { update } = fromBinary(WatchOrdersResponseSchema, message);
    if (update.case === "created") sequences.push(update.value.sequence);
    if (sequences.length === count) break;
  }
  return sequences;
}

/** The bytes of a chunked HTTP/1.1 body, without the head of the response. */
async function* chunks(socket: Socket): AsyncGenerator<Buffer> {
  const bytes = byteReader(socket);
  await bytes.until("\r\n\r\n");
  for (;;) {
    const size = Number.parseInt(await bytes.until("\r\n"), 16);
    yield await bytes.exactly(size);
    await bytes.exactly(2);
  }
}

async function* envelopes(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const bytes = byteReader(body);
  for (;;) {
    const head = await bytes.exactly(5);
    yield await bytes.exactly(head.readUInt32BE(1));
  }
}

function byteReader(source: AsyncIterable<Buffer>) {
  const iterator = source[Symbol.asyncIterator]();
  let pending: Buffer = Buffer.alloc(0);
  const more = async () => {
    const { value, done } = await iterator.next();
    if (done) throw new Error("the connection was closed");
    pending = Buffer.concat([pending, value]);
  };
  const take = (length: number) => {
    const taken = pending.subarray(0, length);
    pending = pending.subarray(length);
    return taken;
  };
  return {
    async exactly(length: number): Promise<Buffer> {
      while (pending.length < length) await more();
      return take(length);
    },
    async until(end: string): Promise<string> {
      while (!pending.includes(end)) await more();
      return take(pending.indexOf(end) + end.length).toString("latin1");
    },
  };
}

it("holds little for clients that do not read, and gives them everything in order once they do", async () => {
  const orders = createClient(OrderService, createTransport("grpc", server.baseUrl));
  const residentBytes = () => readMetric(server.baseUrl, "process_resident_memory_bytes");
  const sockets = await Promise.all(Array.from({ length: WATCHERS }, watchWithoutReading));
  const before = await residentBytes();
  for (let made = 0; made < ORDERS; made++) await orders.createOrder(LARGE_ORDER);
  const growth = (await residentBytes()) - before;

  const expected = Array.from({ length: ORDERS }, (_, index) => BigInt(index + 1));
  for (const socket of sockets.slice(0, 3)) expect(await readSequences(socket, ORDERS)).toEqual(expected);
  for (const socket of sockets) socket.destroy();
  expect(growth).toBeLessThan(MOST_GROWTH_BYTES);
}, 60_000);
