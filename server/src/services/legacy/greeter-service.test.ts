import { Code, createClient } from "@connectrpc/connect";
import { Greeter } from "@triptych/proto/helloworld_pb.ts";
import { describe, expect, it } from "vitest";
import { createInMemoryTransport } from "../../testing/in-memory-transport.ts";
import { createRecordingFeed, type RecordingFeedOptions } from "../../testing/recording-feed.ts";
import type { GreetingMade } from "../greeter/domain/greeting-made.ts";
import { createLegacyGreeterService } from "./greeter-service.ts";

function setUp(options: RecordingFeedOptions<GreetingMade> = {}) {
  const feed = createRecordingFeed<GreetingMade>(options);
  const greeter = createLegacyGreeterService({ greetings: feed });
  const transport = createInMemoryTransport(({ service }) => service(Greeter, greeter));
  return { feed, client: createClient(Greeter, transport) };
}

describe.each([
  ["sayHello", "SayHello", "Hello, "],
  ["sayHelloAgain", "SayHelloAgain", "Hello again, "],
] as const)("%s", (rpc, method, opening) => {
  it.each(["Ada", " Ada ", "山田", "$&", "", "   ", "a\nb", "x".repeat(5_000)])(
    "greets %j byte for byte",
    async (name) => {
      const { client } = setUp();
      expect((await client[rpc]({ name })).message).toBe(`${opening}${name}!`);
    },
  );

  it("greets in English whatever the metadata prefers", async () => {
    const { client } = setUp();
    const { message } = await client[rpc]({ name: "Ada" }, { headers: { "accept-language": "de" } });
    expect(message).toBe(`${opening}Ada!`);
  });

  it("stores the greeting with its own method name", async () => {
    const { client, feed } = setUp();
    await client[rpc]({ name: "Ada" });
    expect(feed.appended).toEqual([
      {
        name: "Ada",
        language: "en",
        message: `${opening}Ada!`,
        protocol: "connect",
        method: `helloworld.Greeter/${method}`,
      },
    ]);
  });

  it.each(["", " ", "a\nb", "x".repeat(201)])("does not store a greeting of %j, which is no name", async (name) => {
    const { client, feed } = setUp();
    await client[rpc]({ name });
    expect(feed.appended).toEqual([]);
  });

  it("does not answer what it could not store", async () => {
    const { client } = setUp({ beforeAppend: () => Promise.reject(new Error("disk full")) });
    await expect(client[rpc]({ name: "Ada" })).rejects.toMatchObject({ code: Code.Internal });
  });
});
