import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import type {
  grpc_test,
  test_client_requests,
  test_client_responseSchema,
  test_client_stream_responseSchema,
} from "@triptych/proto/lessons_pb.ts";
import { type TickClock, ticks } from "../greeter/ticks.ts";
import { helloLines } from "./hello-lines.ts";

/** The two lessons that share the path `grpc_test/test_client`. */
export type TestClientLesson = "client-stream" | "bidi";

const STREAM_INTERVAL_MS = 1_000;
/** Both lessons stop at this message. */
const LAST_MESSAGE = 10;

/** Plays the lessons of the contract that existing clients speak. `now` is a monotonic clock in milliseconds. */
export function createLessonsService({
  testClientLesson,
  delay,
  now = () => performance.now(),
}: {
  readonly testClientLesson: TestClientLesson;
  readonly delay: TickClock["delay"];
  readonly now?: TickClock["now"];
}): ServiceImpl<typeof grpc_test> {
  return {
    hello_grpc: ({ name, age }) => ({ result: `my name is ${name}, i am ${age} years old` }),
    helle_test: (request) => ({ result: helloLines(request) }),
    test_client: testClientLesson === "bidi" ? answerEach : answerOnce,
    test_client_stream: ({ data }, { signal }) => sendEverySecond(data, { delay, now }, signal),
  };
}

type TestClientResponse = MessageInitShape<typeof test_client_responseSchema>;

/** Reads until the client ends or ten messages came, then answers one `ok`. */
async function* answerOnce(requests: AsyncIterable<test_client_requests>): AsyncGenerator<TestClientResponse> {
  let count = 0;
  for await (const _ of requests) {
    count++;
    if (count === LAST_MESSAGE) break;
  }
  yield { result: "ok" };
}

/** Answers each message, and ends without an answer at the tenth. */
async function* answerEach(requests: AsyncIterable<test_client_requests>): AsyncGenerator<TestClientResponse> {
  let index = 0;
  for await (const { data } of requests) {
    index++;
    if (index === LAST_MESSAGE) return;
    yield { result: `receive ${data},index:${index}` };
  }
}

async function* sendEverySecond(
  data: string,
  clock: TickClock,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof test_client_stream_responseSchema>> {
  for await (const index of ticks({ interval: STREAM_INTERVAL_MS }, clock, signal)) {
    yield { result: `send ${data},index:${index}` };
  }
}
