import { fileURLToPath } from "node:url";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { connectCall, grpcCall } from "../call.ts";
import { onServerCore } from "../cores.ts";
import { orderBytes, orderObject } from "../peers/order.ts";
import type { Row, Subject } from "../row.ts";
import { runProgram } from "../run-program.ts";
import { bare, jsonHttp1 } from "../servers/all-servers.ts";
import { underHttp1Load, underHttp2Load } from "../subjects/under-load.ts";

const program = fileURLToPath(new URL("../peers/format-time.ts", import.meta.url));
const { getOrder } = OrderService.method;
const request = { id: "0198c0de-7a11-7b0c-9d3e-2f6a5b4c3d2e" };
const overHttp2 = { connections: 4, callsEach: 25 };
const overHttp1 = { connections: 32, callsEach: 1 };

/** How many bytes the same message takes. */
export const formatBytes: Row = {
  name: "format-bytes",
  title: "an order of ten books as protobuf and as JSON, size",
  unit: "bytes",
  startsAnew: true,
  subjects: [fixed("protobuf", orderBytes.length), fixed("JSON", Buffer.byteLength(JSON.stringify(orderObject)))],
  targets: [],
};

/** How long it takes to write and to read the same message. */
export const formatTime: Row = {
  name: "format-time",
  title: "an order of ten books as protobuf and as JSON, time to encode or decode it",
  unit: "µs",
  startsAnew: true,
  subjects: ["protobuf", "protobuf's JSON", "plain JSON"].flatMap((format) =>
    ["encode", "decode"].map((direction) => ({
      name: `${format}, ${direction}`,
      open: async () => ({
        sample: async (seconds: number) => {
          const args = [program, format, direction, String(seconds)];
          return Number(await runProgram(...onServerCore(process.execPath, args)));
        },
      }),
    })),
  ),
  targets: [],
};

/** The same call by different protocols and formats. */
export const formatCalls: Row = {
  name: "format-calls",
  title: "GetOrder, which answers with an order of ten books",
  unit: "calls/s",
  subjects: [
    underHttp2Load(bare, { name: "gRPC over h2c", call: grpcCall(getOrder, request), concurrency: overHttp2 }),
    underHttp1Load(bare, {
      name: "Connect, binary",
      call: connectCall(getOrder, request, "proto"),
      concurrency: overHttp1,
    }),
    underHttp1Load(bare, {
      name: "Connect, JSON",
      call: connectCall(getOrder, request, "json"),
      concurrency: overHttp1,
    }),
    underHttp1Load(jsonHttp1, { call: connectCall(getOrder, request, "json"), concurrency: overHttp1 }),
  ],
  targets: [],
};

function fixed(name: string, bytes: number): Subject {
  return { name, open: async () => ({ sample: async () => bytes }) };
}
