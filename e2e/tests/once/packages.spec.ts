import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { bundleForBrowser } from "../../clients/bundle-for-browser.ts";
import { loadModule } from "../../clients/load-module.ts";
import { test } from "../../fixtures.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bin = (name: string) => join(root, "node_modules", ".bin", name);
const run = promisify(execFile);

/** A contract of another package, and the programs that they write. */
const FILES = {
  "package.json": JSON.stringify({ name: "elsewhere", private: true, type: "module" }),
  "buf.yaml": "version: v2\n",
  "buf.gen.yaml": `version: v2\nplugins:\n  - local: ${bin("protoc-gen-es")}\n    out: gen\n    opt: target=js+dts\n`,
  "echo.proto": `
    syntax = "proto3";
    package elsewhere.v1;
    message Word { string text = 1; }
    service EchoService {
      rpc Say(Word) returns (Word);
      rpc Talk(stream Word) returns (stream Word);
    }`,
  "server.js": `
    import { createRpcServer } from "@triptych/rpc";
    import { Greeter } from "@triptych/proto/helloworld_pb.js";
    import { EchoService } from "./gen/echo_pb.js";
    const server = createRpcServer({
      routes({ service }) {
        service(EchoService, {
          say: ({ text }) => ({ text: text.toUpperCase() }),
          async *talk(words) { for await (const { text } of words) yield { text: text + "!" }; },
        });
        service(Greeter, { sayHello: ({ name }) => ({ message: "Hello, " + name + "!" }) });
      },
      fallback: (request, response) => void response.end("<title>elsewhere</title>"),
    });
    const { port } = await server.listen(0, "127.0.0.1");
    console.log("http://127.0.0.1:" + port);
    process.once("SIGTERM", () => server.close());`,
  "call.js": `
    import { Client, credentials } from "@grpc/grpc-js";
    import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
    import { WordSchema } from "./gen/echo_pb.js";
    const client = new Client(new URL(process.argv[2]).host, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
    const to = (text) => Buffer.from(toBinary(WordSchema, create(WordSchema, { text })));
    const from = (bytes) => fromBinary(WordSchema, bytes).text;
    const said = await new Promise((resolve, reject) =>
      client.makeUnaryRequest("/elsewhere.v1.EchoService/Say", to, from, "hi", (error, text) => error ? reject(error) : resolve(text)));
    const talk = client.makeBidiStreamRequest("/elsewhere.v1.EchoService/Talk", to, from);
    const heard = [];
    talk.write("a");
    for await (const text of talk) {
      heard.push(text);
      if (heard.length === 1) talk.write("b");
      else talk.end();
    }
    console.log(JSON.stringify([said, ...heard]));
    client.close();`,
  "page.js": `
    import { createClient } from "@connectrpc/connect";
    import { Greeter } from "@triptych/proto/helloworld_pb.js";
    import { createWebSocketTransport } from "@triptych/rpc-web";
    import { EchoService } from "./gen/echo_pb.js";
    const transport = createWebSocketTransport({ baseUrl: location.origin });
    export async function callAll() {
      const echo = createClient(EchoService, transport);
      const heard = [(await echo.say({ text: "hi" })).text];
      let answered = () => {};
      async function* words() {
        yield { text: "a" };
        await new Promise((resolve) => { answered = resolve; });
        yield { text: "b" };
      }
      for await (const { text } of echo.talk(words())) {
        heard.push(text);
        answered();
      }
      heard.push((await createClient(Greeter, transport).sayHello({ name: "Ada" })).message);
      return heard;
    }`,
  "typed.ts": `
    import { createClient } from "@connectrpc/connect";
    import { Greeter } from "@triptych/proto/helloworld_pb.js";
    import { createHealth, createRpcListeners, createRpcServer, type RpcServer } from "@triptych/rpc";
    import { createWebSocketTransport, follow } from "@triptych/rpc-web";
    import { useLiveStream } from "@triptych/rpc-web/react";
    export const server: RpcServer = createRpcServer({
      routes: ({ service }) => service(Greeter, { sayHello: ({ name }) => ({ message: name }) }),
      health: createHealth(),
    });
    export const greeter = createClient(Greeter, createWebSocketTransport({ baseUrl: "http://localhost" }));
    export const all = [createRpcListeners, follow, useLiveStream];
    // @ts-expect-error A message has no such field.
    export const wrong = greeter.sayHello({ nam: 1 });`,
};

/** What the programs of each README leave out: it stands in those before them, or is the reader's own. */
const GIVEN = {
  "packages/rpc/README.md": `
    import type { RpcServerOptions } from "@triptych/rpc";
    declare const routes: RpcServerOptions["routes"];
    declare function app(request: unknown, response: unknown): void;`,
  "packages/rpc-web/README.md": `
    import type { Transport } from "@connectrpc/connect";
    import type { Greeting, WatchGreetingsResponse } from "@triptych/proto/triptych/greeter/v1/greeter_pb.js";
    import { useMemo } from "react";
    declare const baseUrl: string;`,
  "proto/README.md": "",
};

/** The programs of a README that a pattern finds. */
async function programsOf(readme: string, pattern: RegExp): Promise<readonly string[]> {
  const text = await readFile(join(root, readme), "utf8");
  return Array.from(text.matchAll(pattern), ([, program = ""]) => program);
}

/** A text of several programs that import no name twice. */
function importingOnce(text: string): string {
  const known = new Set<string>();
  return text.replaceAll(/^import \{([^}]*)\} from (.*)$/gm, (_line, list: string, from: string) => {
    const names = list.split(",").map((name) => name.trim());
    const fresh = names.filter((name) => !known.has(name));
    for (const name of fresh) known.add(name);
    return fresh.length === 0 ? "" : `import { ${fresh.join(", ")} } from ${from}`;
  });
}

test.describe("the packages, installed elsewhere", () => {
  // One after the other, as what they share takes long to make.
  test.describe.configure({ mode: "default" });
  let folder = "";
  const programs: ChildProcess[] = [];

  test.beforeAll(async () => {
    test.setTimeout(600_000);
    const reachable = await run("npm", ["ping", "--fetch-retries=0"]).then(
      () => true,
      () => false,
    );
    test.skip(!reachable, "npm's registry cannot be reached, from which they are installed with what they need");
    folder = await mkdtemp(join(tmpdir(), "elsewhere-"));
    await Promise.all(Object.entries(FILES).map(([name, text]) => writeFile(join(folder, name), text)));
    // First, as it would also read the contracts that packages bring.
    await run(bin("buf"), ["generate"], { cwd: folder });
    const tarballs = join(folder, "tarballs");
    await run(process.execPath, [join(root, "scripts", "pack.mjs"), tarballs]);
    const packed = (await readdir(tarballs)).map((name) => join(tarballs, name));
    const others = ["@grpc/grpc-js@1.14.7", "@connectrpc/connect-web@2.2.0", "react@19.3.1"];
    const types = ["@types/node@26.6.6", "@types/react@19.3.0"];
    const quietly = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
    await run("npm", ["install", ...quietly, ...packed, ...others, ...types], { cwd: folder });
  });

  test.afterAll(async () => {
    for (const program of programs.filter(({ exitCode }) => exitCode === null)) {
      program.kill();
      await once(program, "exit");
    }
    if (folder !== "") await rm(folder, { recursive: true, force: true });
  });

  test("serve a contract that is not ours to grpc-js, and to a page over a WebSocket", async ({ page }) => {
    const url = await startProgram("server.js", FILES["server.js"]);
    const { stdout } = await run(process.execPath, ["call.js", url], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(["HI", "a!", "b!"]);
    await page.goto(url);
    const code = await bundleForBrowser(join(folder, "page.js"));
    const client = await loadModule<{ callAll(): Promise<string[]> }>(page, "page", code);
    expect(await client.evaluate(({ callAll }) => callAll())).toEqual(["HI", "a!", "b!", "Hello, Ada!"]);
  });

  test("have types", async () => {
    await checkTypes("typed.ts");
  });

  for (const [readme, given] of Object.entries(GIVEN)) {
    test(`have types that the programs of ${readme} keep to`, async () => {
      const programs = await programsOf(readme, /^```tsx?\n(.*?)^```$/gms);
      expect(programs.length).toBeGreaterThan(0);
      const name = `${readme.replaceAll(/\W/g, "-")}.ts`;
      await writeFile(join(folder, name), importingOnce([given, ...programs].join("\n")));
      await checkTypes(name);
    });
  }

  test("run the first program of the README of the server, which its commands call", async () => {
    const [program = ""] = await programsOf("packages/rpc/README.md", /^```ts\n(.*?)^```$/gms);
    const url = await startProgram("readme-server.js", program.replace("listen(8090)", "listen(0)"));
    const [commands = ""] = await programsOf("packages/rpc/README.md", /^```sh\n(.*?)^```$/gms);
    const lines = commands.trim().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const command = line.replace("npx buf", bin("buf")).replace("http://localhost:8090", url);
      const { stdout } = await run("sh", ["-c", command], { cwd: folder });
      expect(JSON.parse(stdout)).toEqual({ message: "Hello, Ada!" });
    }
  });

  test("run the first program of the README for pages", async ({ baseURL }) => {
    const [program = ""] = await programsOf("packages/rpc-web/README.md", /^```ts\n(.*?)^```$/gms);
    const first = await startProgram("readme-call.js", program.replace("http://localhost:8080", baseURL ?? ""));
    expect(first).toBe("Hello, Ada!");
  });

  /** Starts a program in the folder; resolves with the first line that it prints. It is stopped after the tests. */
  async function startProgram(name: string, text: string): Promise<string> {
    await writeFile(join(folder, name), text);
    const program = spawn(process.execPath, [name], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    programs.push(program);
    const [line] = await once(createInterface(program.stdout), "line");
    return line;
  }

  async function checkTypes(file: string): Promise<void> {
    const options = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2024",
      "--skipLibCheck",
      "--types",
      "node",
    ];
    await run(bin("tsc"), [...options, file], { cwd: folder }).catch(({ stdout }) => {
      throw new Error(stdout);
    });
  }
});
