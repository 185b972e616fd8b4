import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Duration } from "@bufbuild/protobuf/wkt";
import type { HandlerContext } from "@connectrpc/connect";
import type {
  StreamGreetingsRequest,
  StreamGreetingsResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { InvalidInput } from "../../domain/errors.ts";
import { chooseCallLanguage } from "./choose-call-language.ts";
import { greet } from "./domain/greet.ts";
import { checkName } from "./domain/name.ts";
import type { GreeterDependencies } from "./greeter-dependencies.ts";
import { recordGreeting } from "./record-greeting.ts";
import { type TickSchedule, ticks } from "./ticks.ts";

const DEFAULT_INTERVAL_MS = 1_000;
const MIN_INTERVAL_MS = 10;
const MAX_INTERVAL_MS = 3_600_000;

/** Greets at once and then at every interval, until the count is reached or the client leaves. */
export async function* streamGreetings(
  { greetings, ...clock }: GreeterDependencies,
  request: StreamGreetingsRequest,
  context: HandlerContext,
): AsyncGenerator<MessageInitShape<typeof StreamGreetingsResponseSchema>> {
  checkName(request.name);
  const greeting = greet(request.name, chooseCallLanguage(request.language, context));
  for await (const number of ticks(scheduleOf(request), clock, context.signal)) {
    const { message, language } = await recordGreeting(greetings, greeting, context);
    yield { message, language, number };
  }
}

function scheduleOf({ interval, count }: StreamGreetingsRequest): TickSchedule {
  if (count < 0) {
    throw new InvalidInput({
      field: "count",
      description: `must be 0 (until the client leaves) or more: got ${count}`,
    });
  }
  return { interval: intervalOf(interval), count: count === 0 ? undefined : count };
}

function intervalOf(interval: Duration | undefined): number {
  if (interval === undefined) return DEFAULT_INTERVAL_MS;
  const milliseconds = Number(interval.seconds) * 1_000 + interval.nanos / 1_000_000;
  if (milliseconds >= MIN_INTERVAL_MS && milliseconds <= MAX_INTERVAL_MS) return milliseconds;
  throw new InvalidInput({ field: "interval", description: `must be 10 ms to 1 hour: got ${milliseconds} ms` });
}
