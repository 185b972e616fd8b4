import type { HandlerContext } from "@connectrpc/connect";
import type { EventFeed } from "../../domain/feed.ts";
import type { Greeting } from "./domain/greet.ts";
import type { GreetingMade, RpcProtocol } from "./domain/greeting-made.ts";

const PROTOCOLS: ReadonlySet<string> = new Set<RpcProtocol>(["grpc", "grpc-web", "connect"]);

/**
 * Stores a greeting in the feed, with the protocol and the method of the call that asked for it, and returns it. To be
 * awaited before the greeting is answered: who has been greeted finds it in the feed, whatever happens to the server.
 */
export async function recordGreeting(
  greetings: EventFeed<GreetingMade>,
  greeting: Greeting,
  { protocolName, method }: Pick<HandlerContext, "protocolName" | "method">,
): Promise<Greeting> {
  const protocol = isRpcProtocol(protocolName) ? protocolName : "unknown";
  await greetings.append({ ...greeting, protocol, method: `${method.parent.typeName}/${method.name}` });
  return greeting;
}

function isRpcProtocol(name: string): name is RpcProtocol {
  return PROTOCOLS.has(name);
}
