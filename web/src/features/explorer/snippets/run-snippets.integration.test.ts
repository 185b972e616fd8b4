// @vitest-environment node
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonValue } from "@bufbuild/protobuf";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { type CommandResult, runCommand } from "@triptych/testkit/processes/run-command.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Metadata } from "../../../call-link/shared-call.ts";
import type { Protocol } from "../../../transport/protocol.ts";
import { readText } from "../form/read-message.ts";
import { loadSchema } from "../schema/load-schema.ts";
import { findMethod, type Schema } from "../schema/schema.ts";
import { bufCurlSnippet } from "./buf-curl.ts";
import { curlSnippet } from "./curl.ts";
import { pythonSnippet } from "./python.ts";
import type { SnippetCall } from "./snippet-call.ts";
import { typescriptSnippet } from "./typescript.ts";

const root = fileURLToPath(new URL("../../../../..", import.meta.url));
const hasCurl = await runCommand("curl", ["--version"]).then(
  ({ stdout }) => stdout.includes("HTTP2"),
  () => false,
);

// Each test starts a compiler, an interpreter or both.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let directory: string;
let server: ServerProcess;
let schema: Schema;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-snippets-"));
  server = await startServerProcess(await freePort(), directory);
  schema = await loadSchema(createTransport("grpc", server.baseUrl), new AbortController().signal);
});

afterAll(async () => {
  await server.kill("SIGTERM");
  await rm(directory, { recursive: true });
});

interface Settings {
  readonly metadata?: Metadata;
  readonly timeoutMs?: number;
  readonly protocol?: Protocol;
}

function callOf(name: string, requests: readonly JsonValue[], settings: Settings = {}): SnippetCall {
  const method = findMethod(schema, name);
  if (method === undefined) throw new Error(`the server does not tell of ${name}`);
  const messages = requests.map((json) => {
    const read = readText(method.input, JSON.stringify(json), schema.types);
    if ("problem" in read) throw new Error(read.problem);
    return read;
  });
  const { metadata = [], timeoutMs, protocol = "grpc-web" } = settings;
  return { method, baseUrl: server.baseUrl, messages, metadata, timeoutMs, protocol };
}

const shell = (script: string) =>
  runCommand("sh", ["-c", `PATH="$1/node_modules/.bin:$PATH"; ${script}`, "sh", root], { cwd: root });

const languages = [
  { language: "buf curl", isThere: true, run: (call: SnippetCall) => shell(bufCurlSnippet(call)) },
  { language: "curl", isThere: hasCurl, run: (call: SnippetCall) => shell(curlSnippet(call)) },
  {
    language: "TypeScript",
    isThere: true,
    run: (call: SnippetCall) =>
      runCommand(process.execPath, ["--input-type=module-typescript"], { input: typescriptSnippet(call), cwd: root }),
  },
  {
    language: "Python",
    isThere: hasPythonGrpc,
    run: async (call: SnippetCall) => runCommand("/usr/bin/python3", ["-"], { input: await pythonSnippet(call) }),
  },
];

const greeter = "triptych.greeter.v1.GreeterService";

/** What a program printed, without the escapes and line breaks in which the languages differ. */
const printed = ({ stdout, stderr, status }: CommandResult) =>
  status === 0 ? stdout : `ended with ${status}: ${stderr}${stdout}`;

describe.each(languages)("a snippet in $language", ({ isThere, run }) => {
  const itRuns = it.skipIf(!isThere);

  itRuns("calls one of our methods with metadata, some of it with commas", async () => {
    const metadata: Metadata = [
      ["accept-language", "de, en;q=0.5"],
      ["x-note", 'it\'s "quoted" & $HOME'],
      ["x-note", "twice"],
      ["x-bytes-bin", "aGVsbG8"],
    ];
    expect(printed(await run(callOf(`${greeter}/SayHello`, [{ name: "Zoë 你好" }], { metadata })))).toContain(
      "Hallo, Zoë 你好!",
    );
  });

  itRuns("reads secrets from the environment", async () => {
    const metadata: Metadata = [
      ["authorization", "Bearer eyJhbGciOiJub25lIn0.e30.c2ln"],
      // Looks like one. What the variable has shows in the language.
      ["accept-language", "en, key-0123456789abcdef0123456789abcdef"],
    ];
    vi.stubEnv("TOKEN", "a.b.c");
    vi.stubEnv("ACCEPT_LANGUAGE", "de");
    const output = printed(await run(callOf(`${greeter}/SayHello`, [{ name: "Ada" }], { metadata })));
    vi.unstubAllEnvs();
    expect(output).toContain("Hallo, Ada!");
  });

  itRuns("sends a text exactly as it is", async () => {
    const name = `O'Neill "x" $(id) \`id\` \${HOME} %s !! \\n | & ; <>`;
    const output = printed(await run(callOf("helloworld.Greeter/SayHello", [{ name }])));
    const unescaped = output.replaceAll('\\"', '"').replaceAll("\\'", "'").replaceAll("\\\\", "\\");
    expect(
      unescaped.replaceAll(/\\u00([0-9a-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
    ).toContain(`Hello, ${name}!`);
  });

  itRuns("calls a method of a service without a package", async () => {
    expect(printed(await run(callOf("Cal/Multiply", [{ number1: -6, number2: 7 }])))).toContain("-42");
  });

  itRuns("sends lists, maps, nested messages and 64-bit numbers", async () => {
    const request = {
      name: "Ada",
      age: "9007199254740993",
      data: ["a", "b"],
      number_1: { x: "9223372036854775807", "not an identifier": "-1" },
      number: { y: { name: "Bo", age: 3, isActive: true } },
    };
    const output = printed(await run(callOf("test.grpc_test/helle_test", [request])));
    expect(output).toContain("9007199254740993");
    expect(output).toContain("9223372036854775807");
    expect(output).toContain("not an identifier");
    expect(output).toMatch(/is_active.*true/);
  });

  itRuns("reads a stream to its end", async () => {
    const request = { name: "Ada", interval: "0.010s", count: 3 };
    const output = printed(await run(callOf(`${greeter}/StreamGreetings`, [request], { timeoutMs: 20_000 })));
    expect(output.match(/Hello, Ada!/g)).toHaveLength(3);
  });

  itRuns("sends a stream", async () => {
    const names = [{ name: "Ada" }, { name: "Émilie" }, { name: "Grace" }];
    expect(printed(await run(callOf(`${greeter}/GreetGroup`, names)))).toContain("Hello, Ada, Émilie, and Grace!");
  });

  itRuns("sends a stream and reads another", async () => {
    const names = [{ name: "Ada", language: "de" }, { name: "Grace" }];
    const output = printed(await run(callOf(`${greeter}/Converse`, names)));
    expect(output).toContain("Hallo, Ada!");
    expect(output).toContain("Hallo, Grace!");
  });

  itRuns("keeps the deadline", async () => {
    const { stdout, stderr } = await run(callOf(`${greeter}/StreamGreetings`, [{ name: "Ada" }], { timeoutMs: 400 }));
    expect(`${stdout}${stderr}`).toMatch(/deadline.exceeded/i);
  });
});

describe("a TypeScript snippet", () => {
  it.each(["grpc-web", "connect", "connect-json", "websocket"] as const)(
    "works for the page's %s",
    async (protocol) => {
      const call = callOf(`${greeter}/Converse`, [{ name: "Ada" }], { protocol });
      const source = typescriptSnippet(call);
      const result = await runCommand(process.execPath, ["--input-type=module-typescript"], {
        input: source,
        cwd: root,
      });
      expect(printed(result)).toContain("Hello, Ada!");
    },
  );
});

describe("a buf curl snippet", () => {
  it.each(["grpc-web", "connect", "connect-json", "websocket"] as const)(
    "works for the page's %s",
    async (protocol) => {
      const call = callOf(`${greeter}/Converse`, [{ name: "Ada" }], { protocol });
      expect(printed(await shell(bufCurlSnippet(call)))).toContain("Hello, Ada!");
    },
  );
});
