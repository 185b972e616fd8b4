import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
/** More than the server has for itself, fewer than are opened. */
const DESCRIPTORS = 100;

/** Resolves with the status of an answer over a connection of its own, or 0 where none comes. */
function ask(url: string): Promise<number> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 1_000 }, (response) => {
      response.resume().on("close", () => resolve(response.statusCode ?? 0));
    });
    request.on("timeout", () => request.destroy()).on("error", () => resolve(0));
  });
}

it.skipIf(!existsSync("/bin/sh"))(
  "a server without descriptors left goes on once it has some again",
  async () => {
    const directory = await mkdtemp(join(tmpdir(), "triptych-"));
    const env = { ...process.env, HOST: "127.0.0.1", PORT: "0", DATA_DIR: directory, LOG_LEVEL: "silent" };
    const command = `ulimit -n ${DESCRIPTORS}; exec "$0" "$1"`;
    const child = spawn("/bin/sh", ["-c", command, process.execPath, main], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    onTestFinished(async () => {
      child.kill("SIGKILL");
      await exited;
      await rm(directory, { recursive: true });
    });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const baseUrl = /^listening on (\S+)$/.exec(line)?.[1] ?? "";
    const port = Number(new URL(baseUrl).port);
    const sockets: Socket[] = [];
    const takeAll = async () => {
      for (let count = 0; count < 2 * DESCRIPTORS; count++) {
        const socket = connect(port, "127.0.0.1").on("error", () => undefined);
        sockets.push(socket);
        await Promise.race([once(socket, "connect"), new Promise((resolve) => socket.on("close", resolve))]);
        if (count % 10 === 0) socket.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
      }
      return ask(`${baseUrl}/readyz`);
    };
    // Again where there is one left: the training that a server begins with gives some back when it has ended.
    await expect.poll(takeAll, { timeout: 20_000, interval: 20 }).toBe(0);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => ask(`${baseUrl}/readyz`), { timeout: 20_000, interval: 20 }).toBe(200);
    expect(child.exitCode).toBeNull();
    child.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
  },
  60_000,
);
