import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { expect, it, vi } from "vitest";
import { refreshSession } from "./refresh-session.ts";

/** A client of a server that takes only the calls that come after so many. */
function createGreeter(rejected: number, refresh: () => Promise<boolean>) {
  let calls = 0;
  const session = { refresh: vi.fn(refresh), whenValid: vi.fn(async () => undefined) };
  const transport = createRouterTransport(
    ({ service }) =>
      service(GreeterService, {
        sayHello() {
          calls += 1;
          if (calls <= rejected) throw new ConnectError("the session has expired", Code.Unauthenticated);
          return { message: "Hello" };
        },
      }),
    { transport: { interceptors: [refreshSession(session)] } },
  );
  return { client: createClient(GreeterService, transport), session, calls: () => calls };
}

it("makes a call again with a session that was refreshed", async () => {
  const { client, calls } = createGreeter(1, async () => true);
  expect((await client.sayHello({})).message).toBe("Hello");
  expect(calls()).toBe(2);
});

it("makes it again once", async () => {
  const { client, session, calls } = createGreeter(9, async () => true);
  await expect(client.sayHello({})).rejects.toMatchObject({ code: Code.Unauthenticated });
  expect([session.refresh.mock.calls.length, calls()]).toEqual([1, 2]);
});

it.each([
  ["has ended", async () => false],
  ["cannot be refreshed", () => Promise.reject(new Error("no connection"))],
])("leaves it where the session %s", async (_, refresh) => {
  const { client, calls } = createGreeter(9, refresh);
  await expect(client.sayHello({})).rejects.toMatchObject({ code: Code.Unauthenticated });
  expect(calls()).toBe(1);
});

it("leaves a call alone that brings its own credential", async () => {
  const { client, session } = createGreeter(9, async () => true);
  const headers = { authorization: "Bearer tk_of_a_machine" };
  await expect(client.sayHello({}, { headers })).rejects.toMatchObject({ code: Code.Unauthenticated });
  expect(session.refresh).not.toHaveBeenCalled();
  expect(session.whenValid).not.toHaveBeenCalled();
});
