import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "@triptych/testkit/processes/server-process.ts";
import { expect, it, onTestFinished } from "vitest";

const program = fileURLToPath(new URL("never-ready.ts", import.meta.url));

it("a server of several processes that do not listen yet ends when it is told to", async () => {
  const settings = { PROCESSES: "2", DATABASE_URL: "postgres://localhost/never-asked", PORT: String(await freePort()) };
  const server = spawn(process.execPath, [program], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void server.kill("SIGKILL"));
  const exited = once(server, "exit");
  await once(createInterface({ input: server.stdout }), "line");
  server.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
}, 60_000);
