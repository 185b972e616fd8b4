import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { allAttacks } from "@triptych/testkit/survival/all-attacks.ts";
import { attackServer } from "@triptych/testkit/survival/attack-server.ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

// A busy machine takes seconds to start a process, and to be done with the attacks.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

/** How long the server is attacked, in milliseconds. */
const ATTACKED_MS = 8_000;
/** What a heap may need to breathe. */
const MOST_GROWTH_BYTES = 400_000_000;
/** The same with each run, so that what fails fails again; set SURVIVAL_SEED to attack in another way. */
const seed = Number(process.env.SURVIVAL_SEED ?? 20_261_129);

let directory: string;
let server: ServerProcess;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  server = await startServerProcess(await freePort(), directory);
});

afterEach(async () => {
  await server.kill("SIGKILL");
  await rm(directory, { recursive: true });
});

it(`survives all attacks at once, serves another client throughout and holds nothing of them (SURVIVAL_SEED=${seed})`, async () => {
  const { baseUrl, pid } = server;
  const port = Number(new URL(baseUrl).port);
  const ended = server.exited.then((status): never => {
    throw new Error(`the server ended with ${status}: ${server.errors()}`);
  });
  const attacked = attackServer({ port, pid, seed, attacks: allAttacks, milliseconds: ATTACKED_MS });
  const { strikes, calm, left, grownBytes = 0 } = await Promise.race([attacked, ended]);
  expect(calm.failures).toEqual([]);
  expect(calm.answered).toBeGreaterThan(0);
  expect(Object.keys(strikes)).toHaveLength(allAttacks.length);
  expect(left).toEqual([]);
  expect((await sendRequest(baseUrl, "/readyz")).status).toBe(200);
  expect(grownBytes).toBeLessThan(MOST_GROWTH_BYTES);
  expect(server.errors()).not.toMatch(/uncaught/i);
  expect(server.log().filter((line) => /"level":[56]0/.test(line) && /uncaught/i.test(line))).toEqual([]);
});
