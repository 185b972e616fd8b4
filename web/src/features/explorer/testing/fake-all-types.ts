import type { DescMethod, Message } from "@bufbuild/protobuf";
import { Code, ConnectError, createRouterTransport, type HandlerContext, type Transport } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { ServerReflection } from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";
import { allTypes, allTypesFiles } from "./all-types.ts";
import { fakeReflection } from "./fake-reflection.ts";

type Sink = Message & Record<string, unknown>;

/** What a test sees of the calls that reached its server. */
export interface AllTypesCalls {
  readonly transport: Transport;
  /** The latest message of a call of each method, by its name. */
  readonly received: Map<string, Sink>;
  /** The contexts of the calls, in order. */
  readonly contexts: HandlerContext[];
}

/** An in-memory server of the all-types schema, with reflection: every method answers with what it was sent. */
export function fakeAllTypes(): AllTypesCalls {
  const received = new Map<string, Sink>();
  const contexts: HandlerContext[] = [];
  const service = allTypes.getService("alltypes.AllTypes");
  if (service === undefined) throw new Error("the allTypes has no service");

  function take(method: DescMethod, message: unknown, context: HandlerContext): Sink {
    const sink = message as Sink;
    received.set(method.name, sink);
    contexts.push(context);
    if (sink.text === "burnt") throw burnt();
    context.responseHeader.set("x-oven", "hot");
    context.responseTrailer.set("x-plates", "1");
    return sink;
  }

  const handlers = {
    cook: (message: unknown, context: HandlerContext) => take(find("Cook"), message, context),
    async *taste(message: unknown, context: HandlerContext) {
      const sink = take(find("Taste"), message, context);
      for (let n = 1; n <= 3; n++) yield { ...sink, small: n };
    },
    async stir(messages: AsyncIterable<unknown>, context: HandlerContext) {
      let small = 0;
      for await (const message of messages) small += Number(take(find("Stir"), message, context).small);
      return { small };
    },
    async *chat(messages: AsyncIterable<unknown>, context: HandlerContext) {
      for await (const message of messages) yield take(find("Chat"), message, context);
    },
    wrap: () => ({}),
  };
  const find = (name: string) => service.methods.find((method) => method.name === name) ?? fail(name);
  const transport = createRouterTransport((router) => {
    router.service(ServerReflection, fakeReflection(allTypesFiles));
    // Nothing was generated for this service, so the compiler knows no more of its handlers.
    router.service(service as never, handlers as never);
  });
  return { transport, received, contexts };
}

function fail(name: string): never {
  throw new Error(`the allTypes has no method ${name}`);
}

function burnt(): ConnectError {
  const violation = { field: "text", description: "must not be burnt" };
  return new ConnectError("this is burnt", Code.InvalidArgument, { "x-smoke": "a lot" }, [
    { desc: BadRequestSchema, value: { fieldViolations: [violation] } },
  ]);
}
