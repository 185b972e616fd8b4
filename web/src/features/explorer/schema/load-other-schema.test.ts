import { Code, ConnectError, createRouterTransport, type Transport } from "@connectrpc/connect";
import { ServerReflection } from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";
import { expect, it } from "vitest";
import { allTypesFiles } from "../testing/all-types.ts";
import { fakeReflection } from "../testing/fake-reflection.ts";
import { loadOtherSchema } from "./load-other-schema.ts";

const { signal } = new AbortController();
const reflecting = createRouterTransport(
  ({ service }) => void service(ServerReflection, fakeReflection(allTypesFiles)),
);
const failing = (error: unknown): Transport => ({
  unary: () => Promise.reject(error),
  stream: () => Promise.reject(error),
});
const tooOld = failing(new ConnectError("HTTP 505", Code.Unknown));
const asking = { isOneByOne: true };

it("asks over a WebSocket where HTTP/1.1 carries no stream both ways", async () => {
  const schema = await loadOtherSchema({ transport: tooOld, webSocket: () => reflecting, asking }, signal);
  expect(schema.services).toHaveLength(1);
});

it("says what helps where that is not possible either", async () => {
  const webSocket = () => failing(new ConnectError("no WebSocket", Code.Unavailable));
  await expect(loadOtherSchema({ transport: tooOld, webSocket, asking }, signal)).rejects.toMatchObject({
    code: Code.Unimplemented,
    rawMessage: expect.stringContaining("upload its contracts"),
  });
});

it("leaves other errors as they are", async () => {
  const error = new ConnectError("draining", Code.Unavailable);
  const webSocket = () => reflecting;
  await expect(loadOtherSchema({ transport: failing(error), webSocket, asking }, signal)).rejects.toBe(error);
});
