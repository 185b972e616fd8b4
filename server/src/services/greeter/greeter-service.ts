import type { ServiceImpl } from "@connectrpc/connect";
import type { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { chooseCallLanguage } from "./choose-call-language.ts";
import { converse } from "./converse.ts";
import { greet, greetAgain } from "./domain/greet.ts";
import { LANGUAGES } from "./domain/languages.ts";
import { checkName } from "./domain/name.ts";
import { greetGroup } from "./greet-group.ts";
import type { GreeterDependencies } from "./greeter-dependencies.ts";
import { recordGreeting } from "./record-greeting.ts";
import { streamGreetings } from "./stream-greetings.ts";
import { watchGreetings } from "./watch-greetings.ts";

/**
 * Greets people in the languages it speaks and stores every greeting in the feed before answering it. Raises
 * InvalidInput that names the field for a name, language, interval, count or start that is not acceptable.
 */
export function createGreeterService({
  now = () => performance.now(),
  ...others
}: Omit<GreeterDependencies, "now"> & Partial<Pick<GreeterDependencies, "now">>): ServiceImpl<typeof GreeterService> {
  const dependencies: GreeterDependencies = { ...others, now };
  const { greetings } = dependencies;
  return {
    async sayHello({ name, language: tag }, context) {
      checkName(name);
      const greeting = greet(name, chooseCallLanguage(tag, context));
      const { message, language } = await recordGreeting(greetings, greeting, context);
      return { message, language };
    },
    async sayHelloAgain({ name, language: tag }, context) {
      checkName(name);
      const greeting = greetAgain(name, chooseCallLanguage(tag, context));
      const { message, language } = await recordGreeting(greetings, greeting, context);
      return { message, language };
    },
    streamGreetings: (request, context) => streamGreetings(dependencies, request, context),
    greetGroup: (requests, context) => greetGroup(dependencies, requests, context),
    converse: (requests, context) => converse(dependencies, requests, context),
    watchGreetings: (request, context) => watchGreetings(greetings, request, context.signal),
    listLanguages: () => ({ languages: [...LANGUAGES] }),
  };
}
