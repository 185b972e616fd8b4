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

/** Asks a server questions about itself on one stream; one answer each, in their order. */
export type Ask = (questions: readonly Question[]) => Promise<Answer[]>;

/**
 * Asks by `grpc.reflection.v1`, and by `v1alpha` where the server does not offer that: the two differ in their name
 * alone. The transport must carry bidirectional streaming. Rejects when the signal is aborted.
 */
export function askReflection(transport: Transport, signal: AbortSignal): Ask {
  let client = createClient(ServerReflection, transport);
  const ask: Ask = async (questions) => {
    const responses = await Array.fromAsync(client.serverReflectionInfo(requests(questions), { signal }));
    return responses.map(({ messageResponse }) => messageResponse);
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
