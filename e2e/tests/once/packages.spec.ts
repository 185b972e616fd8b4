import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { bundleForBrowser } from "../../clients/bundle-for-browser.ts";
import { loadModule } from "../../clients/load-module.ts";

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

test.describe("the packages, installed elsewhere", () => {
  // One after the other, as what they share takes long to make.
  test.describe.configure({ mode: "default" });
  let folder = "";
  let server: ChildProcess | undefined;

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
    const others = ["@grpc/grpc-js@1.14.7", "@types/node@26.6.6", "@types/react@19.3.0", "react@19.3.1"];
    const quietly = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
    await run("npm", ["install", ...quietly, ...packed, ...others], { cwd: folder });
  });

  test.afterAll(async () => {
    if (server !== undefined && server.exitCode === null) {
      server.kill();
      await once(server, "exit");
    }
    if (folder !== "") await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<string> {
    server = spawn(process.execPath, ["server.js"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    if (server.stdout === null) throw new Error("the server has no standard output");
    const [url] = await once(createInterface(server.stdout), "line");
    return url;
  }

  test("serve a contract that is not ours to grpc-js, and to a page over a WebSocket", async ({ page }) => {
    const url = await start();
    const { stdout } = await run(process.execPath, ["call.js", url], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(["HI", "a!", "b!"]);
    await page.goto(url);
    const code = await bundleForBrowser(join(folder, "page.js"));
    const client = await loadModule<{ callAll(): Promise<string[]> }>(page, "page", code);
    expect(await client.evaluate(({ callAll }) => callAll())).toEqual(["HI", "a!", "b!", "Hello, Ada!"]);
  });

  test("have types", async () => {
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--skipLibCheck"];
    await run(bin("tsc"), [...options, "typed.ts"], { cwd: folder }).catch(({ stdout }) => {
      throw new Error(stdout);
    });
  });
});
