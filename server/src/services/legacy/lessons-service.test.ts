import { Code, createClient, createRouterTransport } from "@connectrpc/connect";
import { grpc_test } from "@triptych/proto/lessons_pb.ts";
import { describe, expect, it } from "vitest";
import { readAll, sending } from "../greeter/testing/greeter-fixture.ts";
import { createManualTime } from "../greeter/testing/manual-time.ts";
import { createLessonsService, type TestClientLesson } from "./lessons-service.ts";

function setUp(testClientLesson: TestClientLesson = "client-stream") {
  const time = createManualTime();
  const lessons = createLessonsService({ testClientLesson, ...time });
  const transport = createRouterTransport(({ service }) => service(grpc_test, lessons));
  return { time, client: createClient(grpc_test, transport) };
}

const results = async (stream: AsyncIterable<{ result: string }>) =>
  (await readAll(stream)).map(({ result }) => result);
const messages = (count: number) => Array.from({ length: count }, (_, index) => ({ data: `m${index + 1}` }));

/** Sends without end; `ended` resolves once nobody takes more. */
function endless() {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  async function* send() {
    try {
      for (let index = 1; ; index++) yield { data: `m${index}` };
    } finally {
      resolve();
    }
  }
  return { ended, stream: send() };
}

describe("Hello_grpc", () => {
  it("says name and age", async () => {
    const { client } = setUp();
    expect((await client.hello_grpc({ name: "Ada", age: 36 })).result).toBe("my name is Ada, i am 36 years old");
  });

  it("takes any name and age", async () => {
    const { client } = setUp();
    expect((await client.hello_grpc({ age: -1 })).result).toBe("my name is , i am -1 years old");
  });
});

describe("helle_test", () => {
  it("writes the fields in five lines", async () => {
    const { client } = setUp();
    const { result } = await client.helle_test({ name: "Ada", age: 36n, data: ["x"], number1: { k: 1n } });
    expect(result).toBe('Ada\n36\n["x"]\n{"k":1}\n{}');
  });
});

describe("test_client as client streaming", () => {
  it.each([0, 1, 9, 10])("answers one ok after %d messages", async (count) => {
    const { client } = setUp("client-stream");
    expect(await results(client.test_client(sending(...messages(count))))).toEqual(["ok"]);
  });

  it("answers at the tenth message of a client that does not end", async () => {
    const { client } = setUp("client-stream");
    const { ended, stream } = endless();
    expect(await results(client.test_client(stream))).toEqual(["ok"]);
    await ended;
  });
});

describe("test_client as bidi streaming", () => {
  it.each([0, 1, 9])("answers each of %d messages", async (count) => {
    const { client } = setUp("bidi");
    expect(await results(client.test_client(sending(...messages(count))))).toEqual(
      messages(count).map(({ data }, index) => `receive ${data},index:${index + 1}`),
    );
  });

  it("ends at the tenth message of a client that does not end, after nine answers", async () => {
    const { client } = setUp("bidi");
    const { ended, stream } = endless();
    expect((await results(client.test_client(stream))).at(-1)).toBe("receive m9,index:9");
    await ended;
  });
});

describe("test_client_stream", () => {
  it("sends once a second until the client leaves", async () => {
    const { client, time } = setUp();
    const leave = new AbortController();
    const stream = client.test_client_stream({ data: "x" }, { signal: leave.signal })[Symbol.asyncIterator]();
    expect((await stream.next()).value).toMatchObject({ result: "send x,index:1" });
    const second = stream.next();
    expect(await time.waiting()).toBe(1_000);
    time.advance(1_000);
    expect((await second).value).toMatchObject({ result: "send x,index:2" });
    const third = stream.next();
    await time.waiting();
    leave.abort();
    await expect(third).rejects.toMatchObject({ code: Code.Canceled });
    await time.idle();
  });
});
