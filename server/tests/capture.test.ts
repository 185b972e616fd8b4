import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { create, toBinary } from "@bufbuild/protobuf";
import {
  GreeterService,
  SayHelloRequestSchema,
  SayHelloResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { root } from "@triptych/testkit/checkout/written-files.ts";
import { expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";
import { createGrpcJsClient } from "./grpc-js-client.ts";

/** Whether packets can be captured here: tshark, and the right to look at the loopback. */
const canCapture =
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  spawnSync("tshark", ["-D"], { encoding: "utf8" }).stdout?.includes("lo") === true;

const server = useServer();

/** Has tshark decode the calls of a port with our contracts as they cross, as docs/observability.md says; resolves once it captures. */
async function startCapture(port: number) {
  const fields = ["grpc.message_data", "protobuf.message.name", "pbf.triptych.greeter.v1.SayHelloRequest.name"];
  const child = spawn("tshark", [
    ...["-i", "lo", "-l", "-f", `tcp port ${port}`, "-d", `tcp.port==${port},http2`],
    ...["-o", `uat:protobuf_search_paths:"${join(root, "proto")}","TRUE"`, "-o", "protobuf.preload_protos:TRUE"],
    ...["-o", "protobuf.pbf_as_hf:TRUE", "-Y", "grpc", "-T", "fields"],
    ...fields.flatMap((field) => ["-e", field]),
  ]);
  for await (const line of createInterface(child.stderr)) if (line.includes("Capture started")) break;
  child.stderr.resume();
  return child;
}

it.skipIf(!canCapture)("tshark reads a call byte for byte, where it is installed", { timeout: 60_000 }, async () => {
  const capture = await startCapture(server.port);
  using client = createGrpcJsClient(server.baseUrl);
  const response = await client.unary(GreeterService.method.sayHello, { name: "Ada" });
  const lines: string[] = [];
  for await (const line of createInterface(capture.stdout)) {
    lines.push(line);
    if (lines.length === 2) break;
  }
  capture.kill("SIGINT");
  await once(capture, "exit");
  const request = create(SayHelloRequestSchema, { name: "Ada" });
  expect(lines.map((line) => line.trimEnd().split("\t"))).toEqual([
    [hex(toBinary(SayHelloRequestSchema, request)), SayHelloRequestSchema.typeName, "Ada"],
    [hex(toBinary(SayHelloResponseSchema, response)), SayHelloResponseSchema.typeName],
  ]);
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
