import { streamsRequests } from "../schema/method-kind.ts";
import { type Literal, writeLiteral } from "./literal.ts";
import type { SnippetCall } from "./snippet-call.ts";
import { type SnippetEntry, snippetMetadata } from "./snippet-metadata.ts";
import { typescriptLiteral } from "./typescript-literal.ts";

/** A TypeScript program that makes the call with a typed client of generated code, in Node. */
export function typescriptSnippet(call: SnippetCall): string {
  const { method } = call;
  const { maker, options } = transportOf(call);
  const imports = [
    ...(streamsRequests(method) ? ['import { create } from "@bufbuild/protobuf";'] : []),
    'import { createClient } from "@connectrpc/connect";',
    `import { ${maker} } from "@connectrpc/connect-node";`,
    `import { ${method.parent.name} } from "@triptych/proto/${method.parent.file.name}_pb.ts";`,
  ];
  const transport = `const transport = ${maker}(${writeLiteral(options)});`;
  const client = `const client = createClient(${method.parent.name}, transport);`;
  return [...imports, "", transport, client, "", ...body(call), ""].join("\n");
}

function transportOf({ baseUrl, protocol }: SnippetCall): { maker: string; options: Literal } {
  const items = [
    { key: "baseUrl", value: JSON.stringify(baseUrl) },
    { key: "httpVersion", value: '"2"' },
  ];
  const options = (more: typeof items = []): Literal => ({
    open: "{",
    close: "}",
    items: [...items, ...more],
    spaced: true,
  });
  switch (protocol) {
    case "grpc-web":
      return { maker: "createGrpcWebTransport", options: options() };
    case "connect":
      return { maker: "createConnectTransport", options: options([{ key: "useBinaryFormat", value: "true" }]) };
    case "connect-json":
      return { maker: "createConnectTransport", options: options([{ key: "useBinaryFormat", value: "false" }]) };
    case "websocket":
    case "grpc":
      return {
        maker: "createGrpcTransport",
        options: { open: "{", close: "}", items: items.slice(0, 1), spaced: true },
      };
  }
}

function body(call: SnippetCall): string[] {
  const { method, messages } = call;
  const service = method.parent.name;
  const options = callOptions(call);
  const further = options === undefined ? "" : `, ${writeLiteral(options)}`;
  const request = (indent: string) =>
    messages.map(({ message }) => writeLiteral(typescriptLiteral(method.input, message), { indent }));
  if (!streamsRequests(method)) {
    const called = `client.${method.localName}(${request("")[0] ?? "{}"}${further})`;
    if (method.methodKind === "unary") return [`console.log(await ${called});`];
    return [`for await (const response of ${called}) {`, "  console.log(response);", "}"];
  }
  const input = `${service}.method.${method.localName}.input`;
  const requests = [
    "async function* requests() {",
    ...request("  ").map((literal) => `  yield create(${input}, ${literal});`),
    "}",
    "",
  ];
  const called = `client.${method.localName}(requests()${further})`;
  if (method.methodKind === "client_streaming") return [...requests, `console.log(await ${called});`];
  return [...requests, `for await (const response of ${called}) {`, "  console.log(response);", "}"];
}

function callOptions({ metadata, timeoutMs }: SnippetCall): Literal | undefined {
  const headers: Literal = {
    open: "[",
    close: "]",
    items: snippetMetadata(metadata).map((entry) => ({
      value: `[${JSON.stringify(entry.name)}, ${writtenValue(entry)}]`,
    })),
  };
  const items = [
    ...(metadata.length === 0 ? [] : [{ key: "headers", value: headers }]),
    ...(timeoutMs === undefined ? [] : [{ key: "timeoutMs", value: String(timeoutMs) }]),
  ];
  return items.length === 0 ? undefined : { open: "{", close: "}", items, spaced: true };
}

function writtenValue({ text, variable }: SnippetEntry): string {
  return variable === undefined ? JSON.stringify(text) : `\`${text}\${process.env.${variable}}\``;
}
