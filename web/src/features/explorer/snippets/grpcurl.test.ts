// @vitest-environment node

import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { describe, expect, it } from "vitest";
import { readText } from "../form/read-message.ts";
import { allTypes, methodOf } from "../testing/all-types.ts";
import { grpcurlSnippet } from "./grpcurl.ts";
import type { SnippetCall } from "./snippet-call.ts";

function callOf(name: string, requests: readonly string[], rest: Partial<SnippetCall> = {}): SnippetCall {
  const method = methodOf(name);
  const messages = requests.map((text) => {
    const read = readText(method.input, text, allTypes);
    if ("problem" in read) throw new Error(read.problem);
    return read;
  });
  return {
    method,
    baseUrl: "http://localhost:8080",
    messages,
    metadata: [],
    timeoutMs: undefined,
    protocol: "connect",
    ...rest,
  };
}

/** The arguments that the shell passes on. */
async function argumentsOf(call: SnippetCall): Promise<string[]> {
  const script = `grpcurl() { printf '%s\\001' "$@"; }\n${grpcurlSnippet(call)}`;
  const { stdout } = await runCommand("sh", ["-c", script]);
  return stdout.split("\u0001").slice(0, -1);
}

describe("a grpcurl command", () => {
  it("has its flags before the address, and the method last", async () => {
    const metadata = [["x-note", 'it\'s, "so"']] as const;
    const call = callOf("Cook", ['{"text":"it\'s"}'], { metadata, timeoutMs: 1_500 });
    expect(await argumentsOf(call)).toEqual([
      ...["-plaintext", "-max-time", "1.5", "-H", 'x-note: it\'s, "so"'],
      ...["-d", '{"text":"it\'s"}', "localhost:8080", "alltypes.AllTypes/Cook"],
    ]);
  });

  it("sends the messages of a stream one a line", async () => {
    const call = callOf("Chat", ['{"small":1}', '{"small":2}'], { baseUrl: "https://example.com" });
    expect(await argumentsOf(call)).toEqual([
      "-d",
      '{"small":1}\n{"small":2}',
      "example.com:443",
      "alltypes.AllTypes/Chat",
    ]);
  });
});
