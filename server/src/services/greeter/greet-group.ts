import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import type { GreetGroupRequest, GreetGroupResponseSchema } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { InvalidInput } from "../../domain/errors.ts";
import { chooseCallLanguage } from "./choose-call-language.ts";
import { greetGroup as greetNames } from "./domain/greet.ts";
import type { SpokenTag } from "./domain/greeting-patterns.ts";
import { checkName } from "./domain/name.ts";
import type { GreeterDependencies } from "./greeter-dependencies.ts";
import { recordGreeting } from "./record-greeting.ts";

const MAX_NAMES = 1_000;

/** Reads names until the client ends, then greets them all at once. Refuses a name as soon as it comes. */
export async function greetGroup(
  { greetings }: GreeterDependencies,
  requests: AsyncIterable<GreetGroupRequest>,
  context: HandlerContext,
): Promise<MessageInitShape<typeof GreetGroupResponseSchema>> {
  const names: string[] = [];
  let chosen: SpokenTag | undefined;
  for await (const { name, language } of requests) {
    if (names.length === MAX_NAMES) throw invalidCount("more");
    checkName(name);
    names.push(name);
    if (language !== "") chosen ??= chooseCallLanguage(language, context);
  }
  if (names.length === 0) throw invalidCount("none");
  const greeting = greetNames(names, chosen ?? chooseCallLanguage("", context));
  const { message, language } = await recordGreeting(greetings, greeting, context);
  return { message, language, count: names.length };
}

function invalidCount(got: string): InvalidInput {
  return new InvalidInput({ field: "name", description: `must come 1 to ${MAX_NAMES} times: got ${got}` });
}
