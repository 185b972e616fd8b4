import { fileURLToPath } from "node:url";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { expect, it } from "vitest";
import { createGrpcJsClient } from "../grpc-js-client.ts";
import { runPythonChecks } from "../python-checks.ts";
import { useIdentity } from "./use-identity.ts";

const contracts = fileURLToPath(new URL("../../../proto/legacy", import.meta.url));
const identity = useIdentity();

it.skipIf(!hasPythonGrpc)("takes tokens and keys from Python's grpcio (skipped where Python has none)", async () => {
  const address = new URL(identity.server.baseUrl).host;
  const credentials = [await identity.issuer.tokenOf("alice"), await identity.createKey("robot"), "e30.e30.e30"];
  expect(await runPythonChecks("identity_client.py", address, contracts, ...credentials)).toEqual({
    nobody: "UNAUTHENTICATED",
    "credential 1": "Hello, Ada!",
    "credential 2": "Hello, Ada!",
    "credential 3": "UNAUTHENTICATED",
  });
});

it("takes keys from grpc-js", async () => {
  using client = createGrpcJsClient(identity.server.baseUrl);
  const authorization = `Bearer ${await identity.createKey("robot")}`;
  const { message } = await client.unary(GreeterService.method.sayHello, { name: "Ada" }, { authorization });
  expect(message).toBe("Hello, Ada!");
});
