import { Code, ConnectError, createClient, type ServiceImpl } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { serviceRoute } from "@triptych/rpc/call/service-route.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { type ServedRoutes, serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AlreadyExists, InvalidInput, NotFound, OutOfRange, TooMuchStored, TooMuchWork } from "../domain/errors.ts";
import { refusalOf } from "../testing/refusal.ts";
import { connectErrorFromDomainError } from "./connect-error-from-domain-error.ts";

let served: ServedRoutes;
/** What every call fails with. */
let thrown: unknown;

const unexpected = () => {
  throw new Error("this test does not expect the call");
};

const greeter: ServiceImpl<typeof GreeterService> = {
  sayHello() {
    throw thrown;
  },
  async *watchGreetings() {
    yield {};
    throw thrown;
  },
  sayHelloAgain: unexpected,
  streamGreetings: unexpected,
  greetGroup: unexpected,
  converse: unexpected,
  listLanguages: unexpected,
};

beforeAll(async () => {
  served = await serveRoutes([serviceRoute(GreeterService, greeter)], { mapError: connectErrorFromDomainError });
});

afterAll(() => served.close());

it("tells clients not to call again by themselves where that cannot help", async () => {
  const pushbackOf = async (error: Error) => {
    const failed = await failingWith(error)
      .sayHello({})
      .catch((reason) => ConnectError.from(reason));
    return failed instanceof ConnectError ? failed.metadata.get("grpc-retry-pushback-ms") : "answered";
  };
  expect(await pushbackOf(new TooMuchWork("too much"))).toBe("-1");
  expect(await pushbackOf(new TooMuchStored("too many"))).toBe("-1");
  expect(await pushbackOf(new NotFound("there is none"))).toBe(null);
});

/** A client of a greeter whose calls all fail with an error. */
function failingWith(error: unknown) {
  thrown = error;
  return createClient(GreeterService, createTransport("grpc", served.baseUrl));
}

const errors: readonly (readonly [code: keyof typeof Code, error: Error])[] = [
  ["InvalidArgument", new InvalidInput({ field: "name", description: "must not be empty" })],
  ["NotFound", new NotFound("there is none")],
  ["OutOfRange", new OutOfRange("too far")],
  ["ResourceExhausted", new TooMuchWork("too much")],
  ["AlreadyExists", new AlreadyExists("there is one")],
  ["Unauthenticated", new ConnectError("who are you", Code.Unauthenticated)],
];

describe.each(errors)("the status %s", (code, error) => {
  it("is that of a unary call that fails so", async () => {
    expect(await refusalOf(failingWith(error).sayHello({}))).toMatchObject({ code });
  });

  it("is that of a stream that fails so after a message", async () => {
    expect(await refusalOf(failingWith(error).watchGreetings({}))).toMatchObject({ code });
  });
});

it("what an error that is none of the domain says stays at the server", async () => {
  const refusal = await refusalOf(failingWith(new Error("a secret")).sayHello({}));
  expect(refusal).toMatchObject({ code: "Internal" });
  expect(refusal.message).not.toContain("secret");
});

it.each([
  [1_000, 1_000],
  [1_001, 1_001],
  [5_000, 1_001],
])("a message of %i letters has %i when it leaves", async (length, left) => {
  expect((await refusalOf(failingWith(new NotFound("a".repeat(length))).sayHello({}))).message).toHaveLength(left);
});

it.each([
  [10, 10],
  [11, 10],
])("of %i violations, %i travel", async (count, left) => {
  const [first, ...rest] = Array.from({ length: count }, (_, index) => ({ field: `f${index}`, description: "bad" }));
  if (first === undefined) throw new Error("there are some");
  expect((await refusalOf(failingWith(new InvalidInput(first, ...rest)).sayHello({}))).violations).toHaveLength(left);
});
