import type { JsonValue } from "@bufbuild/protobuf";
import { methodName } from "../schema/schema.ts";
import { command, quoteForShell, quoteWithVariable } from "./shell.ts";
import { isClearText, type SnippetCall } from "./snippet-call.ts";
import { snippetMetadata } from "./snippet-metadata.ts";

/**
 * A `curl` command that makes the call by the Connect protocol in JSON. A stream is sent whole, each message after the five
 * bytes that tell its length.
 */
export function curlSnippet(call: SnippetCall): string {
  const { method, baseUrl, messages, timeoutMs } = call;
  const url = quoteForShell(`${baseUrl}/${methodName(method)}`);
  const headers = [
    header("content-type", method.methodKind === "unary" ? "application/json" : "application/connect+json"),
    header("connect-protocol-version", "1"),
    ...(timeoutMs === undefined ? [] : [header("connect-timeout-ms", String(timeoutMs))]),
    ...snippetMetadata(call.metadata).map(({ name, text, variable }) => header(name, text, variable)),
  ];
  if (method.methodKind === "unary") {
    const [message] = messages;
    return command(`curl ${url}`, ...headers, `--data ${quoteForShell(JSON.stringify(message?.json ?? {}))}`);
  }
  // Streams in both directions at once take HTTP/2, which in clear text has to be asked for.
  const http2 = isClearText(baseUrl) ? ["--http2-prior-knowledge"] : [];
  const options = method.methodKind === "bidi_streaming" ? http2 : [];
  const send = command(`curl -N ${url}`, ...options, ...headers, "--data-binary @-", "--output -");
  const notice = "# Each answer comes after five bytes: a flag, and its length.";
  return `${notice}\n${input(messages.map(({ json }) => json))} |\n${send}`;
}

function header(name: string, value: string, variable?: string): string {
  // With nothing after the colon curl would leave the header out.
  const isEmpty = value === "" && variable === undefined;
  return `-H ${quoteWithVariable(isEmpty ? `${name};` : `${name}: ${value}`, variable)}`;
}

function input(messages: readonly JsonValue[]): string {
  if (messages.length === 0) return "printf ''";
  const commands = messages.map((json) => envelope(JSON.stringify(json)));
  return commands.length === 1 ? commands.join() : `{ ${commands.join("\n  ")}\n}`;
}

function envelope(json: string): string {
  const length = new TextEncoder().encode(json).length;
  const bytes = [24, 16, 8, 0].map((shift) => `\\${((length >>> shift) & 0xff).toString(8).padStart(3, "0")}`);
  return `printf '\\000${bytes.join("")}%s' ${quoteForShell(json)}`;
}
