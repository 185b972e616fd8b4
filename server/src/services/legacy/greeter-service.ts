import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { Greeter } from "@triptych/proto/helloworld_pb.ts";
import type { EventFeed } from "../../domain/feed.ts";
import { type Greeting, greet, greetAgain } from "../greeter/domain/greet.ts";
import type { GreetingMade } from "../greeter/domain/greeting-made.ts";
import { nameViolation } from "../greeter/domain/name.ts";
import { recordGreeting } from "../greeter/record-greeting.ts";

/**
 * Greets through the contract that existing clients speak: always in English and byte for byte, `Hello, NAME!` and
 * `Hello again, NAME!`. The contract knows no bad name, so that `Hello, !` is an answer too; but only the greetings
 * whose name the greeter service takes are stored in the feed, since its followers are promised such names.
 */
export function createLegacyGreeterService({
  greetings,
}: {
  readonly greetings: EventFeed<GreetingMade>;
}): ServiceImpl<typeof Greeter> {
  async function answer(greeting: Greeting, context: HandlerContext) {
    if (nameViolation(greeting.name) === undefined) await recordGreeting(greetings, greeting, context);
    return { message: greeting.message };
  }
  return {
    sayHello: ({ name }, context) => answer(greet(name, "en"), context),
    sayHelloAgain: ({ name }, context) => answer(greetAgain(name, "en"), context),
  };
}
