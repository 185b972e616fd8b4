import { methodName } from "../schema/schema.ts";
import { command, quoteForShell, quoteWithVariable } from "./shell.ts";
import { isClearText, messagesText, type SnippetCall, type SnippetProtocol } from "./snippet-call.ts";
import { snippetMetadata } from "./snippet-metadata.ts";

const protocols: Readonly<Record<SnippetProtocol, string>> = {
  "grpc-web": "grpcweb",
  connect: "connect",
  "connect-json": "connect",
  websocket: "grpc",
  grpc: "grpc",
};

/** A `buf curl` command that makes the call; what it has to know of the service it asks of the server. */
export function bufCurlSnippet({ method, baseUrl, messages, metadata, timeoutMs, protocol }: SnippetCall): string {
  return command(
    `buf curl --protocol ${protocols[protocol]}`,
    ...(isClearText(baseUrl) ? ["--http2-prior-knowledge"] : []),
    ...(timeoutMs === undefined ? [] : [`--timeout ${timeoutMs}ms`]),
    ...snippetMetadata(metadata).map(
      ({ name, text, variable }) => `-H ${quoteWithVariable(asListElement(`${name}: ${text}`), variable)}`,
    ),
    `-d ${quoteForShell(messagesText(messages))}`,
    quoteForShell(`${baseUrl}/${methodName(method)}`),
  );
}

/** A header as buf takes it: it splits at commas, and leaves whole what is in double quotes. */
function asListElement(header: string): string {
  return /[",\r\n]/.test(header) ? `"${header.replaceAll('"', '""')}"` : header;
}
