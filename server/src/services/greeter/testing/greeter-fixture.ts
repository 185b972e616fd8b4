import { type Client, Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createInMemoryTransport } from "../../../testing/in-memory-transport.ts";
import { createRecordingFeed, type RecordingFeed, type RecordingFeedOptions } from "../../../testing/recording-feed.ts";
import type { GreetingMade } from "../domain/greeting-made.ts";
import { createGreeterService } from "../greeter-service.ts";
import { createManualTime, type ManualTime } from "./manual-time.ts";

/** A greeter that a test can call, and the parts it works with. */
export interface GreeterFixture {
  readonly client: Client<typeof GreeterService>;
  readonly feed: RecordingFeed<GreetingMade>;
  readonly time: ManualTime;
}

/** Serves a greeter in memory, on a clock that the test moves and over a feed that records. */
export function setUpGreeter(options: RecordingFeedOptions<GreetingMade> = {}): GreeterFixture {
  const feed = createRecordingFeed<GreetingMade>(options);
  const time = createManualTime();
  const greeter = createGreeterService({ greetings: feed, ...time });
  const transport: Transport = createInMemoryTransport(({ service }) => service(GreeterService, greeter));
  return { client: createClient(GreeterService, transport), feed, time };
}

/** The fields that a call is refused for: `field description`. Rejects when it is not refused as invalid. */
export async function violationsOf(call: Promise<unknown>): Promise<string[]> {
  const error = await call.then(
    (answer) => Promise.reject(new Error(`expected a refusal: got ${JSON.stringify(answer)}`)),
    (reason: unknown) => ConnectError.from(reason),
  );
  if (error.code !== Code.InvalidArgument) throw error;
  return error
    .findDetails(BadRequestSchema)
    .flatMap(({ fieldViolations }) => fieldViolations.map(({ field, description }) => `${field} ${description}`));
}

/** Yields what a client sends, one after the other. */
export async function* sending<T>(...messages: readonly T[]): AsyncGenerator<T> {
  yield* messages;
}

/** Reads a stream to its end. */
export async function readAll<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const messages: T[] = [];
  for await (const message of stream) messages.push(message);
  return messages;
}
