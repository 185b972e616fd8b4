import { create } from "@bufbuild/protobuf";
import { durationMs, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createRouterTransport, type HandlerContext, type Transport } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import {
  GreeterService,
  type Language,
  LanguageSchema,
  Protocol,
  type SayHelloRequest,
  type StreamGreetingsRequest,
  type StreamGreetingsResponse,
  StreamGreetingsResponseSchema,
  type WatchGreetingsRequest,
  type WatchGreetingsResponse,
  WatchGreetingsResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createPushStream, type PushStream } from "@triptych/testkit/page/push-stream.ts";

/** A few languages, sorted by tag. */
export const languages: readonly Language[] = [
  { tag: "de", name: "Deutsch", englishName: "German", rightToLeft: false },
  { tag: "en", name: "English", englishName: "English", rightToLeft: false },
  { tag: "fr", name: "français", englishName: "French", rightToLeft: false },
  { tag: "he", name: "עברית", englishName: "Hebrew", rightToLeft: true },
].map((language) => create(LanguageSchema, language));

/** The error of a server that refuses fields, each with a description. */
export function refuse(fields: Readonly<Record<string, string>>): ConnectError {
  const fieldViolations = Object.entries(fields).map(([field, description]) => ({ field, description }));
  const message = fieldViolations.map(({ field, description }) => `${field} ${description}`).join("; ");
  const detail = { desc: BadRequestSchema, value: create(BadRequestSchema, { fieldViolations }) };
  return new ConnectError(message, Code.InvalidArgument, undefined, [detail]);
}

/** A greeting of the feed; `at` is when it was made, in milliseconds since 1970. */
export function greetingUpdate(sequence: number, { at = 0, language = "en" } = {}): WatchGreetingsResponse {
  const name = `Guest ${sequence}`;
  return create(WatchGreetingsResponseSchema, {
    update: {
      case: "greeting",
      value: {
        sequence: BigInt(sequence),
        name,
        language,
        message: `Hello, ${name}!`,
        protocol: Protocol.GRPC,
        method: "helloworld.Greeter/SayHello",
        time: timestampFromMs(at),
      },
    },
  });
}

/** A position of the feed. */
export function positionUpdate(sequence: number, oldestSequence: number): WatchGreetingsResponse {
  const value = { sequence: BigInt(sequence), oldestSequence: BigInt(oldestSequence) };
  return create(WatchGreetingsResponseSchema, { update: { case: "position", value } });
}

/** One greeting of a stream. */
export function streamed(number: number): StreamGreetingsResponse {
  return create(StreamGreetingsResponseSchema, { message: `Hallo, Ada ${number}!`, language: "de", number });
}

/** A streaming call that the fake got, and the stream that a test feeds it with. */
interface FakeCall<Request, Response> {
  readonly request: Request;
  readonly context: HandlerContext;
  readonly stream: PushStream<Response>;
}

/** An in-memory greeter. Who greets without a name is refused. */
export interface FakeGreeter {
  readonly transport: Transport;
  readonly watches: FakeCall<WatchGreetingsRequest, WatchGreetingsResponse>[];
  readonly streams: (FakeCall<StreamGreetingsRequest, StreamGreetingsResponse> & { readonly intervalMs: number })[];
  /** Raised by ListLanguages while it is set. */
  languagesError: ConnectError | undefined;
}

/** A greeter that nobody has called. */
export function createFakeGreeter(): FakeGreeter {
  const greeter: Omit<FakeGreeter, "transport"> = { watches: [], streams: [], languagesError: undefined };
  const { method } = GreeterService;
  const transport = createRouterTransport(({ rpc }) => {
    rpc(method.listLanguages, () => {
      if (greeter.languagesError !== undefined) throw greeter.languagesError;
      return { languages: [...languages] };
    });
    rpc(method.sayHello, (request) => greet("Hello", request));
    rpc(method.sayHelloAgain, (request) => greet("Hello again", request));
    rpc(method.watchGreetings, async function* (request, context) {
      const stream = createPushStream<WatchGreetingsResponse>();
      greeter.watches.push({ request, context, stream });
      yield* stream;
    });
    rpc(method.streamGreetings, async function* (request, context) {
      const stream = createPushStream<StreamGreetingsResponse>();
      const intervalMs = request.interval === undefined ? 1_000 : durationMs(request.interval);
      greeter.streams.push({ request, context, stream, intervalMs });
      yield* stream;
    });
  });
  return Object.assign(greeter, { transport });
}

function greet(words: string, { name, language }: Pick<SayHelloRequest, "name" | "language">) {
  if (name === "") throw refuse({ name: "must have 1 to 200 characters: got none" });
  return { message: `${words}, ${name}!`, language: language || "en" };
}
