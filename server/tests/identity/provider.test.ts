import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { freePort } from "@triptych/testkit/processes/server-process.ts";
import { AUDIENCE } from "@triptych/testkit/sign-in/issuer.ts";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { type StartedServer, startServer } from "../../src/testing/start-server.ts";
import { createGrpcJsClient } from "../grpc-js-client.ts";

const program = fileURLToPath(new URL("provider.mjs", import.meta.url));
let provider: ChildProcess | undefined;
let server: StartedServer | undefined;

afterEach(async () => {
  // The server keeps its connection to the provider for its next question.
  await stopProvider();
  await server?.close();
});

async function startProvider(port: number, keyId: string): Promise<void> {
  const child = spawn(process.execPath, [program, String(port), keyId], {
    stdio: ["ignore", "pipe", "ignore", "ipc"],
  });
  provider = child;
  if (child.stdout === null) throw new Error("the output of the provider must be piped");
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith("listening")) return;
  throw new Error("the provider ended before it listened");
}

async function stopProvider(): Promise<void> {
  if (provider === undefined || provider.exitCode !== null || provider.signalCode !== null) return;
  provider.kill("SIGKILL");
  await once(provider, "exit");
}

async function tokenOf(issuer: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from("robot:a+secret+of+the+test").toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", resource: AUDIENCE }),
  });
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}

it("takes the tokens of a real provider from grpc-js, also when its keys have changed", async () => {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  await startProvider(port, "first");
  server = await startServer({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: AUDIENCE });
  using client = createGrpcJsClient(server.baseUrl);
  const sayHello = async (token: string) =>
    (await client.unary(GreeterService.method.sayHello, { name: "Ada" }, { authorization: `Bearer ${token}` })).message;

  const [first, second] = [await tokenOf(issuer), await tokenOf(issuer)];
  expect(second).not.toBe(first);
  expect(await sayHello(first)).toBe("Hello, Ada!");
  await stopProvider();
  // The first is known; the second is checked by the key, which is kept.
  expect(await sayHello(first)).toBe("Hello, Ada!");
  expect(await sayHello(second)).toBe("Hello, Ada!");

  await startProvider(port, "second");
  const later = await tokenOf(issuer);
  // The provider is asked for its keys again some seconds after it was asked last.
  await expect
    .poll(() => sayHello(later).catch(() => "rejected"), { timeout: 10_000, interval: 100 })
    .toBe("Hello, Ada!");
}, 60_000);
