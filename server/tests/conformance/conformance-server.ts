import {
  create,
  type DescMessage,
  fromBinary,
  fromJsonString,
  type MessageInitShape,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import {
  type Fact,
  PlayStreamRequestSchema,
  PlayStreamResponseSchema,
  type ScriptSchema,
  type StepSchema,
} from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import type { MessageCounts, RpcHandlerOptions } from "@triptych/rpc/rpc-handler.ts";
import { contentTypeOf } from "@triptych/testkit/raw/call-protocol.ts";
import { type CallStyle, createRawClient } from "@triptych/testkit/raw/call-style.ts";
import { envelope } from "@triptych/testkit/raw/envelope.ts";
import type { RawClient, RawRequest, RawResponse } from "@triptych/testkit/raw/raw-call.ts";
import { type Answer, readAnswer } from "@triptych/testkit/raw/read-answer.ts";
import { type ServedRoutes, serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterAll, beforeAll } from "vitest";
import { createJournal, type Journal } from "../scripted/journal.ts";
import { scriptedRoute } from "../scripted/scripted-service.ts";

/** A step of a script. */
export type Step = MessageInitShape<typeof StepSchema>;

/** The methods of the scripted service, by the kind of call. */
export const METHODS = {
  unary: "PlayOnce",
  "client-stream": "PlayUpload",
  "server-stream": "PlayStream",
  "bidi-stream": "PlayConversation",
} as const;

/** A kind of call. */
export type Kind = keyof typeof METHODS;

/** What differs from a plain call. */
export interface CallTerms {
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Replaces what would be sent. */
  readonly request?: (plain: RawRequest) => RawRequest;
}

/** A request message: its script, and how many bytes it is made longer by. */
export interface Message {
  readonly steps?: readonly Step[];
  readonly size?: number;
}

/** What an answer says, with its messages read. */
export interface ReadAnswer extends Answer {
  /** The texts of the messages. */
  readonly texts: readonly string[];
  /** What the implementation saw, from the first report among the messages. */
  readonly facts: ReadonlyMap<string, string>;
}

/** A server of scripts for the tests of a `describe`, called in one style. */
export interface ConformanceServer {
  readonly port: number;
  readonly journal: Journal;
  /** How many implementations are running. */
  readonly running: number;
  /** What is counted of request messages. */
  readonly messages: MessageCounts;
  /** Sends a call and reads the answer. */
  call(kind: Kind, messages: readonly Message[], terms?: CallTerms): Promise<ReadAnswer>;
  /** Sends a request as it is. */
  send(request: RawRequest): Promise<RawResponse>;
}

/** The largest message that the server reads, in bytes. */
export const MAX_MESSAGE_BYTES = 65_536;

/** Starts a server, with options of its own, before the tests of the `describe` that it is called in, and closes it after them. */
export function useConformanceServer(style: CallStyle, options: Partial<RpcHandlerOptions> = {}): ConformanceServer {
  const journal = createJournal();
  let served: ServedRoutes | undefined;
  let client: RawClient | undefined;
  const started = () => {
    if (served === undefined || client === undefined) throw new Error("the server runs only while the tests do");
    return { served, client };
  };

  beforeAll(async () => {
    served = await serveRoutes([scriptedRoute(journal)], { readMaxBytes: MAX_MESSAGE_BYTES, ...options });
    client = createRawClient(style, served.port);
  });

  afterAll(async () => {
    journal.letGo();
    started().client[Symbol.dispose]();
    await started().served.close();
  });

  return {
    journal,
    get port() {
      return started().served.port;
    },
    get running() {
      return started().served.rpc.running.count;
    },
    get messages() {
      return started().served.rpc.messages;
    },
    send: (request) => started().client.send(request),
    async call(kind, messages, terms = {}) {
      const { headers = [], request = (sent: RawRequest) => sent } = terms;
      const plain = requestOf(style, kind, messages);
      const response = await started().client.send(request({ ...plain, headers: [...plain.headers, ...headers] }));
      return readMessages(style, readAnswer(style.protocol, kind !== "unary", response));
    },
  };
}

/** The request of a call, with each message in a chunk of its own. */
export function requestOf(style: CallStyle, kind: Kind, messages: readonly Message[]): RawRequest {
  const { protocol, codec } = style;
  const bare = protocol === "connect" && kind === "unary";
  const chunks = messages.map((message) => {
    const bytes = encodeMessage(style, message);
    const framed = bare ? bytes : envelope(bytes);
    return protocol === "grpc-web-text" ? Buffer.from(framed.toString("base64")) : framed;
  });
  return {
    method: "POST",
    path: `/triptych.testing.v1.ScriptService/${METHODS[kind]}`,
    headers: [
      ["host", "localhost"],
      ["content-type", contentTypeOf(protocol, codec, kind !== "unary")],
      ...(protocol === "grpc" ? [["te", "trailers"] as const] : []),
      ...(protocol === "connect" ? [["connect-protocol-version", "1"] as const] : []),
    ],
    chunks,
  };
}

/** A message of a script as bytes. */
export function encodeMessage({ codec }: CallStyle, { steps, size = 0 }: Message): Buffer {
  // All the methods' requests are alike on the wire.
  const script: MessageInitShape<typeof ScriptSchema> | undefined = steps && { steps: [...steps] };
  const message = create(PlayStreamRequestSchema, { ...(script && { script }), data: new Uint8Array(size) });
  return codec === "json"
    ? Buffer.from(toJsonString(PlayStreamRequestSchema, message))
    : Buffer.from(toBinary(PlayStreamRequestSchema, message));
}

function readMessages({ codec }: CallStyle, answer: Answer): ReadAnswer {
  const replies = answer.messages.map((bytes) => decode(PlayStreamResponseSchema, codec, bytes).reply);
  const facts = replies.flatMap((reply) => reply?.facts ?? []);
  return {
    ...answer,
    texts: replies.map((reply) => reply?.text ?? ""),
    facts: new Map(facts.map(({ name, value }: Fact) => [name, value])),
  };
}

function decode<S extends DescMessage>(schema: S, codec: CallStyle["codec"], bytes: Buffer) {
  return codec === "json" ? fromJsonString(schema, bytes.toString()) : fromBinary(schema, bytes);
}
