import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { createRequestGate } from "../../src/identity/request-gate.ts";
import { unauthenticated } from "../../src/identity/unauthenticated.ts";
import { serveGreeter } from "../serve-greeter.ts";
import { openCarrier } from "./code-of-call.ts";
import { useIdentity } from "./use-identity.ts";

describe("where the issuer does not answer", () => {
  const identity = useIdentity();
  let token = "";
  beforeAll(async () => {
    token = await identity.issuer.tokenOf("ada");
    identity.issuer.stopAnswering();
  });

  it("anyone may call what is for anyone, and a token is good for nothing else", async () => {
    const calls = await openCarrier("grpc", identity.server.baseUrl);
    expect(await calls.codeOf(GreeterService.method.listLanguages, token)).toBe(0);
    expect(await calls.codeOf(GreeterService.method.sayHello, token)).toBe(Code.Unavailable);
    calls.close();
  });
});

it("what is for anyone and costs nothing looks at no credential, good or bad", async () => {
  let looked = 0;
  const calls = await serveGate(0, () => {
    looked += 1;
    return Promise.reject(unauthenticated("no"));
  });
  expect(await calls.list()).toBe(0);
  expect(looked).toBe(0);
  await calls.close();
});

it.each([
  ["lost", new Error("the store is lost"), 0],
  ["answered, and says no", unauthenticated("no"), Code.Unauthenticated],
])("where the store is asked for a session and has %s, what is for anyone goes by that", async (_, error, code) => {
  const calls = await serveGate(1, () => Promise.reject(error));
  expect(await calls.list()).toBe(code);
  await calls.close();
});

/** Serves a method for anyone behind a gate that looks for the session of every call. */
async function serveGate(cost: number, look: () => Promise<never>) {
  const requestGate = createRequestGate({
    policyOf: () => "anyone",
    costOf: () => cost,
    authenticate: { find: () => look, isGood: () => false },
    certificateSession: undefined,
    browserSession: () => look,
    now: () => 0,
    onStream: () => undefined,
    howToSignIn: "",
  });
  const served = await serveGreeter({ listLanguages: () => ({}) }, { requestGate });
  const greeter = createClient(GreeterService, createTransport("grpc", served.baseUrl));
  const list = () =>
    greeter.listLanguages({}).then(
      () => 0,
      (error: unknown) => ConnectError.from(error).code,
    );
  return { list, close: () => served.close() };
}
