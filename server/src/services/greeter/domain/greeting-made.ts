import type { Greeting } from "./greet.ts";

/** The protocols that the feed tells apart. */
export type RpcProtocol = "grpc" | "grpc-web" | "connect" | "unknown";

/** A greeting was made for a caller: the event of the greetings feed. */
export interface GreetingMade extends Omit<Greeting, "language"> {
  /** The BCP 47 tag of the language. A plain string, since a stored event may be in one no longer spoken. */
  readonly language: string;
  /** The protocol of the call that asked for it. */
  readonly protocol: RpcProtocol;
  /** The full method name of that call, such as `helloworld.Greeter/SayHello`. */
  readonly method: string;
}
