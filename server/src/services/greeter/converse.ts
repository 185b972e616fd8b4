import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import type { ConverseRequest, ConverseResponseSchema } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { chooseCallLanguage } from "./choose-call-language.ts";
import { greet } from "./domain/greet.ts";
import { checkName } from "./domain/name.ts";
import type { GreeterDependencies } from "./greeter-dependencies.ts";
import { recordGreeting } from "./record-greeting.ts";

/** Greets back for each name as it comes, in the language last named. Ends when the client does. */
export async function* converse(
  { greetings }: GreeterDependencies,
  requests: AsyncIterable<ConverseRequest>,
  context: HandlerContext,
): AsyncGenerator<MessageInitShape<typeof ConverseResponseSchema>> {
  let spoken = chooseCallLanguage("", context);
  for await (const request of requests) {
    checkName(request.name);
    if (request.language !== "") spoken = chooseCallLanguage(request.language, context);
    const { message, language } = await recordGreeting(greetings, greet(request.name, spoken), context);
    yield { message, language };
  }
}
