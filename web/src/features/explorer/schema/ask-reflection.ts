import type { DescMessage, DescMethodStreaming, MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import {
  ServerReflection,
  type ServerReflectionRequestSchema,
  type ServerReflectionResponse,
} from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";

/** One question to a server about itself. */
export type Question = NonNullable<MessageInitShape<typeof ServerReflectionRequestSchema>["messageRequest"]>;

/** The answer to a question. */
export type Answer = ServerReflectionResponse["messageResponse"];

/** Asks for the comments of the contracts, too: servers that do not know of it pass it by. */
const headers = { "reflection-comments": "yes" };

/** Asks a server questions about itself on one stream; one answer each, in their order. */
export type Ask = (questions: readonly Question[]) => Promise<Answer[]>;

/** How a server is asked. */
export interface Asking {
  /** Whether each question is a call of its own, with one request, as it has to be where the transport carries no streams of requests. */
  readonly isOneByOne?: boolean;
  /** Whether comments are asked for, by metadata that other servers need not let pages send. */
  readonly wantsComments?: boolean;
}

/** How many questions are asked at once where each is a call. */
const AT_ONCE = 4;

/**
 * Asks by `grpc.reflection.v1`, and by `v1alpha` where the server does not offer that: the two differ in their name
 * alone. Rejects when the signal is aborted.
 */
export function askReflection(given: Transport, signal: AbortSignal, asking: Asking = {}): Ask {
  const { isOneByOne = false, wantsComments = true } = asking;
  const transport = isOneByOne ? asServerStreaming(given) : given;
  const options = wantsComments ? { signal, headers } : { signal };
  let client = createClient(ServerReflection, transport);
  const askOnOneStream: Ask = async (questions) => {
    const responses = await Array.fromAsync(client.serverReflectionInfo(requests(questions), options));
    return responses.map(({ messageResponse }) => messageResponse);
  };
  const ask: Ask = async (questions) => {
    if (!isOneByOne) return askOnOneStream(questions);
    const answers: Answer[] = [];
    for (let at = 0; at < questions.length; at += AT_ONCE) {
      const some = questions.slice(at, at + AT_ONCE).map((question) => askOnOneStream([question]));
      answers.push(...(await Promise.all(some)).map(([answer]) => answer ?? { case: undefined }));
    }
    return answers;
  };
  return async (questions) => {
    try {
      return await ask(questions);
    } catch (reason) {
      if (ConnectError.from(reason).code !== Code.Unimplemented) throw reason;
      client = createClient(ServerReflection, asAlpha(transport));
      return ask(questions);
    }
  };
}

async function* requests(questions: readonly Question[]) {
  for (const messageRequest of questions) yield { messageRequest };
}

/** The transport with every stream taken for one of a single request, which `fetch` carries and a server cannot tell from a stream that has ended. */
function asServerStreaming(transport: Transport): Transport {
  return {
    unary: (...call) => transport.unary(...call),
    stream: (method, ...rest) => transport.stream({ ...method, methodKind: "server_streaming" }, ...rest),
  };
}

/** The transport with every call made to the older name of the service. */
function asAlpha(transport: Transport): Transport {
  const alpha = <I extends DescMessage, O extends DescMessage>(method: DescMethodStreaming<I, O>) => ({
    ...method,
    parent: { ...method.parent, typeName: "grpc.reflection.v1alpha.ServerReflection" },
  });
  return {
    unary: (...call) => transport.unary(...call),
    stream: (method, ...rest) => transport.stream(alpha(method), ...rest),
  };
}
