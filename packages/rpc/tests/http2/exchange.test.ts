import { data, headers, ping, settings } from "@triptych/testkit/http2/http2-frames.ts";
import { expect, it } from "vitest";
import { FrameFlag, FrameType } from "../../src/http2/frame.ts";
import { openRawClient } from "./raw-client.ts";
import { echo, useEngine } from "./serve-engine.ts";

const serve = useEngine();

it("sends its settings first, acknowledges those of the client, and answers a request", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port);
  client.send(headers(1), data(1, "hello"));
  const answer = await client.next(FrameType.data, 1);
  expect(answer.payload.toString()).toBe("POST /a hello");
  expect(answer.flags & FrameFlag.endStream).toBe(1);
  expect(client.frames[0]).toMatchObject({ type: FrameType.settings, flags: 0, stream: 0 });
  const acknowledged = client.all(FrameType.settings).filter(({ flags }) => flags & FrameFlag.ack);
  expect(acknowledged).toHaveLength(1);
  expect(engine.stream().closes).toEqual([{ kind: "completed" }]);
  expect(engine.connection.openStreams).toBe(0);
});

it("answers a ping with its payload", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port);
  client.send(ping(0, Buffer.from("12345678")));
  expect(await client.next(FrameType.ping)).toMatchObject({ flags: FrameFlag.ack, payload: Buffer.from("12345678") });
});

it("acknowledges each SETTINGS frame", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port);
  client.send(settings(), settings());
  await client.settled();
  expect(client.all(FrameType.settings).filter(({ flags }) => flags & FrameFlag.ack)).toHaveLength(3);
});
