// @vitest-environment node

import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { expect, it } from "vitest";
import { methodOf } from "../testing/all-types.ts";
import { bufCurlSnippet } from "./buf-curl.ts";
import { curlSnippet } from "./curl.ts";
import { grpcurlSnippet } from "./grpcurl.ts";
import { pythonSnippet } from "./python.ts";
import { snippetMetadata, variablesOf } from "./snippet-metadata.ts";
import { typescriptSnippet } from "./typescript.ts";

const TOKEN = "eyJhbGciOiJub25lIn0.e30.c2ln";
const KEY = `tk_0123456789ab_${"x".repeat(43)}`;

it.each([
  ["authorization", `Bearer ${TOKEN}`, "Bearer ", "TOKEN"],
  ["authorization", `Bearer ${KEY}`, "Bearer ", "API_KEY"],
  ["authorization", "Basic YTpi", "Basic ", "CREDENTIAL"],
  ["authorization", "hunter2", "", "CREDENTIAL"],
  ["x-api-key", "hunter2", "", "X_API_KEY"],
  ["2fa-token-bin", "aGk", "", "_2FA_TOKEN_BIN"],
  ["x-note", TOKEN, "", "X_NOTE"],
  ["x-note", "hello", "hello", undefined],
])("writes %s: %s as %j and the variable %s", (name, value, text, variable) => {
  expect(snippetMetadata([[name, value]])).toEqual([{ name, text, variable }]);
});

it("has a variable for each secret", () => {
  const metadata = [
    ["authorization", `Bearer ${TOKEN}`],
    ["x-note", "hello"],
    ["authorization", "Bearer other"],
  ] as const;
  expect(variablesOf(metadata)).toEqual(["TOKEN", "TOKEN_2"]);
});

const call = {
  method: methodOf("Cook"),
  baseUrl: "https://example.com",
  messages: [],
  metadata: [
    ["authorization", `Bearer ${TOKEN}`],
    ["x-api-key", KEY],
    ["x-token-bin", "aGk"],
  ],
  timeoutMs: undefined,
  protocol: "connect",
} as const;

it.each([
  ["buf curl", bufCurlSnippet],
  ["grpcurl", grpcurlSnippet],
  ["curl", curlSnippet],
  ["TypeScript", typescriptSnippet],
  ["Python", pythonSnippet],
])("leaves no secret in what is written for %s", async (_language, write) => {
  const text = await write(call);
  for (const secret of [TOKEN, KEY, "aGk"]) expect(text).not.toContain(secret);
  for (const variable of ["TOKEN", "X_API_KEY", "X_TOKEN_BIN"]) expect(text).toContain(variable);
});

it.each([
  ["buf", bufCurlSnippet],
  ["grpcurl", grpcurlSnippet],
  ["curl", curlSnippet],
])("has the shell put secrets into what %s is given", async (program, write) => {
  const script = `${program}() { printf '%s\\n' "$@"; }\n${write(call)}`;
  const env = { ...process.env, TOKEN: "a 'b' $c", X_API_KEY: "key", X_TOKEN_BIN: "bytes" };
  const { stdout } = await runCommand("sh", ["-c", script], { env });
  expect(stdout.split("\n")).toEqual(
    expect.arrayContaining(["authorization: Bearer a 'b' $c", "x-api-key: key", "x-token-bin: bytes"]),
  );
});
