import { methodName } from "../schema/schema.ts";
import { command, quoteForShell, quoteWithVariable } from "./shell.ts";
import { hostAndPort, isClearText, messagesText, type SnippetCall } from "./snippet-call.ts";
import { snippetMetadata } from "./snippet-metadata.ts";

/** A `grpcurl` command that makes the call; what it has to know of the service it asks of the server. */
export function grpcurlSnippet({ method, baseUrl, messages, metadata, timeoutMs }: SnippetCall): string {
  const flags = [
    ...(isClearText(baseUrl) ? ["-plaintext"] : []),
    ...(timeoutMs === undefined ? [] : [`-max-time ${timeoutMs / 1_000}`]),
    ...snippetMetadata(metadata).map(
      ({ name, text, variable }) => `-H ${quoteWithVariable(`${name}: ${text}`, variable)}`,
    ),
    `-d ${quoteForShell(messagesText(messages))}`,
  ];
  const [first = "", ...rest] = flags;
  return command(`grpcurl ${first}`, ...rest, `${quoteForShell(hostAndPort(baseUrl))} ${methodName(method)}`);
}
