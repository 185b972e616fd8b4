import { contentTypeOf, type Protocol } from "../raw/call-protocol.ts";
import { envelope } from "../raw/envelope.ts";

/** The kinds of calls, and a method of the greeter of each. */
export const METHODS = {
  unary: "SayHello",
  "server streaming": "StreamGreetings",
  "client streaming": "GreetGroup",
  bidi: "Converse",
} as const;

/** A kind of call. */
export type Kind = keyof typeof METHODS;

/** What is called, and what it is told: its handler does what the name says. */
export interface CallOrder {
  readonly kind: Kind;
  readonly name: string;
  /** The deadline that the headers name; none unless given. */
  readonly timeoutMs?: number | undefined;
}

/** The path of the method of a kind. */
export function pathOf(kind: Kind): string {
  return `/triptych.greeter.v1.GreeterService/${METHODS[kind]}`;
}

/** The headers of a call, without those that HTTP itself asks for. */
export function headersOf(protocol: Protocol, { kind, timeoutMs }: CallOrder): Record<string, string> {
  const timeout = protocol === "connect" ? `${timeoutMs}` : `${timeoutMs}m`;
  return {
    "content-type": contentTypeOf(protocol, "proto", kind !== "unary"),
    ...(protocol === "grpc" && { te: "trailers" }),
    ...(timeoutMs !== undefined && { [protocol === "connect" ? "connect-timeout-ms" : "grpc-timeout"]: timeout }),
  };
}

/** The message of every method of the greeter: its first field is the name. */
export function messageOf(name: string): Buffer {
  return Buffer.concat([Buffer.of(0x0a, Buffer.byteLength(name)), Buffer.from(name)]);
}

/** The body of a call with one message. */
export function bodyOf(protocol: Protocol, { kind, name }: CallOrder): Buffer {
  if (protocol === "connect" && kind === "unary") return messageOf(name);
  const framed = envelope(messageOf(name));
  return protocol === "grpc-web-text" ? Buffer.from(framed.toString("base64")) : framed;
}
