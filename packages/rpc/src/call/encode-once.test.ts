import { create } from "@bufbuild/protobuf";
import { expect, it, vi } from "vitest";
import { HealthCheckResponse_ServingStatus, HealthCheckResponseSchema } from "../gen/grpc/health/v1/health_pb.ts";
import { createMessageCodec } from "../messages/message-codec.ts";
import { encodeOnce } from "./encode-once.ts";

const codec = createMessageCodec(
  { input: HealthCheckResponseSchema, output: HealthCheckResponseSchema },
  { maxMessageBytes: 1_000 },
);
const serving = () => create(HealthCheckResponseSchema, { status: HealthCheckResponse_ServingStatus.SERVING });

it.each([
  ["protobuf", true],
  ["JSON", false],
] as const)("serializes a frozen message once as %s, into memory that holds nothing else", (_name, isBinary) => {
  const serialization = codec.getO(isBinary);
  const serialize = vi.spyOn(serialization, "serialize");
  const message = Object.freeze(serving());
  const bytes = encodeOnce(serialization, message, isBinary);
  expect(encodeOnce(serialization, message, isBinary)).toBe(bytes);
  expect(serialize).toHaveBeenCalledOnce();
  expect(serialization.parse(bytes)).toEqual(message);
  expect(bytes.buffer.byteLength).toBe(bytes.length);
});

it("serializes a message that may change each time", () => {
  const message = serving();
  const serialization = codec.getO(true);
  const before = encodeOnce(serialization, message, true);
  message.status = HealthCheckResponse_ServingStatus.NOT_SERVING;
  expect(encodeOnce(serialization, message, true)).not.toEqual(before);
});
