import { Greeter } from "@triptych/proto/helloworld_pb.ts";
import { expect, it } from "vitest";
import { createRecordingFeed } from "../../testing/recording-feed.ts";
import { greet } from "./domain/greet.ts";
import type { GreetingMade } from "./domain/greeting-made.ts";
import { recordGreeting } from "./record-greeting.ts";

const method = Greeter.method.sayHello;

it.each([
  ["grpc", "grpc"],
  ["grpc-web", "grpc-web"],
  ["connect", "connect"],
  ["carrier-pigeon", "unknown"],
])("records the protocol %s as %s", async (protocolName, protocol) => {
  const feed = createRecordingFeed<GreetingMade>();
  await recordGreeting(feed, greet("Ada", "en"), { protocolName, method });
  expect(feed.appended).toEqual([
    { name: "Ada", language: "en", message: "Hello, Ada!", protocol, method: "helloworld.Greeter/SayHello" },
  ]);
});

it("returns the greeting once it is stored", async () => {
  const stored = Promise.withResolvers<void>();
  const feed = createRecordingFeed<GreetingMade>({ beforeAppend: () => stored.promise });
  const greeting = greet("Ada", "en");
  const recorded = recordGreeting(feed, greeting, { protocolName: "grpc", method });
  expect(await Promise.race([recorded, Promise.resolve("not yet")])).toBe("not yet");
  stored.resolve();
  expect(await recorded).toBe(greeting);
  expect(feed.appended).toHaveLength(1);
});
