import { create, toBinary } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { compress } from "../../../call-link/compress.ts";
import { methodName, withDependencies } from "../schema/schema.ts";
import { writeLiteral } from "./literal.ts";
import { pythonLiteral, pythonString } from "./python-literal.ts";
import { hostAndPort, isClearText, type SnippetCall } from "./snippet-call.ts";
import { type SnippetEntry, snippetMetadata, variablesOf } from "./snippet-metadata.ts";

const kinds = {
  unary: "unary_unary",
  server_streaming: "unary_stream",
  client_streaming: "stream_unary",
  bidi_streaming: "stream_stream",
} as const;

/** A Python program that makes the call with grpcio. It brings the description of the service along, and needs no stubs. */
export async function pythonSnippet(call: SnippetCall): Promise<string> {
  const { method, baseUrl } = call;
  const host = pythonString(hostAndPort(baseUrl));
  const channel = isClearText(baseUrl)
    ? `grpc.insecure_channel(${host})`
    : `grpc.secure_channel(${host}, grpc.ssl_channel_credentials())`;
  return `import base64
${variablesOf(call.metadata).length > 0 ? "import os\n" : ""}import zlib

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory


def main():
    Request = message_class(${pythonString(method.input.typeName)})
    Response = message_class(${pythonString(method.output.typeName)})
    ${requests(call)}
    with ${channel} as channel:
        call = channel.${kinds[method.methodKind]}(
            ${pythonString(`/${methodName(method)}`)},
            request_serializer=Request.SerializeToString,
            response_deserializer=Response.FromString,
        )
        ${invocation(call)}


def show(response):
    print(json_format.MessageToJson(response, descriptor_pool=pool, ensure_ascii=False), flush=True)


def message_class(name):
    descriptor = pool.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


# What the server tells of the service: its files, compressed.
SCHEMA = """
${await schemaText(call)}
"""
pool = descriptor_pool.DescriptorPool()
for file in descriptor_pb2.FileDescriptorSet.FromString(zlib.decompress(base64.b64decode(SCHEMA))).file:
    pool.Add(file)

main()
`;
}

function requests({ method, messages }: SnippetCall): string {
  const isOne = method.methodKind === "unary" || method.methodKind === "server_streaming";
  const indent = isOne ? "    " : "        ";
  const written = messages.map(({ json }) => {
    const literal = writeLiteral(pythonLiteral(json), { indent, step: "    ", width: 72 });
    return `json_format.ParseDict(${literal}, Request(), descriptor_pool=pool)`;
  });
  if (isOne) return `request = ${written[0] ?? "Request()"}`;
  return `requests = [\n${written.map((line) => `        ${line},\n`).join("")}    ]`;
}

function invocation({ method, metadata, timeoutMs }: SnippetCall): string {
  const pairs = snippetMetadata(metadata).map((entry) => {
    const value = entry.name.endsWith("-bin") ? `base64.b64decode(${bytesOf(entry)})` : textOf(entry);
    return `(${pythonString(entry.name)}, ${value})`;
  });
  const input =
    method.methodKind === "unary" || method.methodKind === "server_streaming" ? "request" : "iter(requests)";
  const further = [
    ...(timeoutMs === undefined ? [] : [`timeout=${timeoutMs / 1_000}`]),
    ...(pairs.length === 0 ? [] : [`metadata=[${pairs.join(", ")}]`]),
  ];
  const called = `call(${[input, ...further].join(", ")})`;
  return method.methodKind === "unary" || method.methodKind === "client_streaming"
    ? `show(${called})`
    : `for response in ${called}:\n            show(response)`;
}

function textOf({ text, variable }: SnippetEntry): string {
  if (variable === undefined) return pythonString(text);
  return `${text === "" ? "" : `${pythonString(text)} + `}os.environ[${pythonString(variable)}]`;
}

/** The base64 of an entry, with all the padding that Python asks for; it takes more. */
function bytesOf(entry: SnippetEntry): string {
  return entry.variable === undefined ? pythonString(padded(entry.text)) : `${textOf(entry)} + "=="`;
}

function padded(base64: string): string {
  return base64.replace(/=+$/, "").padEnd(Math.ceil(base64.replace(/=+$/, "").length / 4) * 4, "=");
}

async function schemaText({ method }: SnippetCall): Promise<string> {
  const file = withDependencies(method.parent.file).map(({ proto }) => proto);
  const set = toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file }));
  const text = base64Encode(await compress(set, "deflate"));
  return text.match(/.{1,100}/g)?.join("\n") ?? "";
}
