import { fileURLToPath } from "node:url";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { describe, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const buf = fileURLToPath(new URL("../../node_modules/.bin/buf", import.meta.url));
const server = useServer();

const CALLS = [
  ["grpc over http/2", ["--protocol", "grpc", "--http2-prior-knowledge"]],
  ["grpcweb over http/2", ["--protocol", "grpcweb", "--http2-prior-knowledge"]],
  ["grpcweb over http/1.1", ["--protocol", "grpcweb"]],
  ["connect over http/2", ["--protocol", "connect", "--http2-prior-knowledge"]],
  ["connect over http/1.1", ["--protocol", "connect"]],
] as const;

/** Calls a method with requests in JSON and resolves with its messages, or with the error it printed. */
async function bufCurl(flags: readonly string[], method: string, ...requests: readonly object[]) {
  const args = ["curl", "--schema", ".", ...flags, "--data", "@-", `${server.baseUrl}/triptych.${method}`];
  const input = requests.map((request) => JSON.stringify(request)).join("\n");
  const { status, stdout, stderr } = await runCommand(buf, args, { input, cwd: root });
  return status === 0 ? jsonValues(stdout) : JSON.parse(stderr);
}

/** The objects of a text that has one after the other, as `buf curl` prints messages. */
function jsonValues(text: string): unknown[] {
  return JSON.parse(`[${text.trim().replaceAll(/\}\s*\{/g, "},{")}]`);
}

describe.concurrent.each(CALLS)("buf curl, %s", (_name, flags) => {
  it("makes a unary call", async ({ expect }) => {
    const answers = await bufCurl(flags, "calculator.v1.CalculatorService/Evaluate", { expression: "0.1+0.2" });
    expect(answers).toEqual([{ value: "0.3", exact: true }]);
  });

  it("reads a stream", async ({ expect }) => {
    const request = { name: "Ada", count: 3, interval: "0.01s" };
    expect(await bufCurl(flags, "greeter.v1.GreeterService/StreamGreetings", request)).toEqual([
      { message: "Hello, Ada!", language: "en", number: 1 },
      { message: "Hello, Ada!", language: "en", number: 2 },
      { message: "Hello, Ada!", language: "en", number: 3 },
    ]);
  });

  it("shows an error with its details", async ({ expect }) => {
    const error = await bufCurl(flags, "greeter.v1.GreeterService/SayHello", { name: "" });
    expect(error).toMatchObject({
      code: "invalid_argument",
      message: "name must have 1 to 200 characters: got none",
      details: [{ type: "google.rpc.BadRequest" }],
    });
  });
});

describe.concurrent.each(CALLS.filter(([name]) => name.endsWith("http/2")))("buf curl, %s", (_name, flags) => {
  it("sends a stream", async ({ expect }) => {
    const numbers = [{ number: 0.1 }, { number: 0.2 }];
    expect(await bufCurl(flags, "calculator.v1.CalculatorService/Sum", ...numbers)).toMatchObject([
      { figures: { count: "2", sum: 0.3, mean: 0.15 } },
    ]);
  });

  it("talks both ways", async ({ expect }) => {
    const names = [{ name: "Ada" }, { name: "Alan", language: "fr" }];
    expect(await bufCurl(flags, "greeter.v1.GreeterService/Converse", ...names)).toMatchObject([
      { message: "Hello, Ada!", language: "en" },
      { language: "fr" },
    ]);
  });
});

it("tells who calls a method that does not exist", async () => {
  const { baseUrl } = server;
  const args = ["curl", "--protocol", "grpc", "--http2-prior-knowledge", "--schema", ".", "--data", "{}"];
  const { status, stderr } = await runCommand(buf, [...args, `${baseUrl}/triptych.greeter.v1.GreeterService/Wave`], {
    cwd: root,
  });
  expect(status).not.toBe(0);
  expect(stderr).toContain("Wave");
});
