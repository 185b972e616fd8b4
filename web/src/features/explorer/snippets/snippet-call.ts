import type { DescMethod, JsonValue, Message } from "@bufbuild/protobuf";
import type { Metadata } from "../../../call-link/shared-call.ts";
import type { Protocol } from "../../../transport/protocol.ts";

/** A call to be written down for another program. */
export interface SnippetCall {
  readonly method: DescMethod;
  /** Where the server is, such as `http://localhost:8080`. */
  readonly baseUrl: string;
  /** What is sent, each message with its JSON; a method that takes one message has one. */
  readonly messages: readonly SnippetMessage[];
  readonly metadata: Metadata;
  /** The deadline in milliseconds; none where undefined. */
  readonly timeoutMs: number | undefined;
  /** What the call is made with here. Programs that know that protocol use it too. */
  readonly protocol: SnippetProtocol;
}

/** What the page makes a call with itself, or native gRPC, which the relay speaks with the server. */
export type SnippetProtocol = Protocol | "grpc";

/** A message to send. */
export interface SnippetMessage {
  readonly message: Message;
  readonly json: JsonValue;
}

/** The messages as JSON, one a line. */
export function messagesText(messages: readonly SnippetMessage[]): string {
  return messages.map(({ json }) => JSON.stringify(json)).join("\n");
}

/** The host and port of a server, also where its address leaves the port to the scheme. */
export function hostAndPort(baseUrl: string): string {
  const { hostname, port, protocol } = new URL(baseUrl);
  return `${hostname}:${port === "" ? (protocol === "https:" ? 443 : 80) : port}`;
}

/** Whether a server is called in clear text. */
export function isClearText(baseUrl: string): boolean {
  return new URL(baseUrl).protocol === "http:";
}
