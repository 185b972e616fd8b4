import cluster, { type Worker } from "node:cluster";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { gatherMetrics } from "./gather-metrics.ts";
import { Primary, ProcessNotStarted } from "./primary.ts";

const program = fileURLToPath(new URL("testing/planned-process.ts", import.meta.url));
const options = { logger: pino({ level: "silent" }), killAfterMs: 20_000 };
const timeout = { timeout: 10_000 };

let lastId = 0;
let forked: Worker[];
const remember = (worker: Worker) => {
  forked.push(worker);
  lastId = worker.id;
};

beforeEach(() => {
  forked = [];
  cluster.on("fork", remember);
  cluster.setupPrimary({ exec: program, args: [], execArgv: [], cwd: process.cwd() });
});

afterEach(() => {
  cluster.off("fork", remember);
  vi.unstubAllEnvs();
});

/** Has the processes that are forked from now on do this, one each. */
function plan(...plans: string[]): void {
  vi.stubEnv("FIRST", String(lastId + 1));
  vi.stubEnv("PLANS", plans.join(","));
}

const living = () => forked.filter((worker) => worker.process.pid !== undefined && !worker.isDead());
const listeningAt = (place: number, worker: Worker) => ({
  place,
  worker,
  text: "",
  exited: new Promise<void>((resolve) => worker.once("exit", () => resolve())),
});

it("ends those that do not listen yet when one fails at its start", async () => {
  plan("listen", "fail", "wait");
  await expect(new Primary({ count: 3, ...options }).start()).rejects.toThrow(ProcessNotStarted);
  expect(forked).toHaveLength(3);
  expect(living()).toEqual([]);
});

it("ends those that do not listen yet when it is told to stop", async () => {
  plan("listen", "wait");
  const primary = new Primary({ count: 2, ...options });
  const started = expect(primary.start()).rejects.toThrow(ProcessNotStarted);
  await expect.poll(() => forked.length, timeout).toBe(2);
  await primary.stop();
  await started;
  expect(living()).toEqual([]);
});

it.each(["stop", "restart"] as const)("kills a process that is stuck, at a %s", async (ending) => {
  plan("listen and get stuck", "listen");
  const primary = new Primary({ ...options, count: 1, killAfterMs: 50 });
  await primary.start();
  const [stuck] = forked;
  await primary[ending]();
  expect(stuck?.process.signalCode).toBe("SIGKILL");
  expect(living()).toHaveLength(ending === "stop" ? 0 : 1);
  await primary.stop();
});

it("starts one process in place of one that dies while its successor starts", async () => {
  plan("listen", "listen", "listen");
  const primary = new Primary({ count: 1, ...options });
  await primary.start();
  const restarted = primary.restart();
  living()[0]?.process.kill("SIGKILL");
  await restarted;
  await expect.poll(() => living().length, timeout).toBe(1);
  expect(forked).toHaveLength(2);
  await primary.stop();
});

it("tries again where a process cannot be made, and runs on meanwhile", async () => {
  plan("listen", "listen", "listen", "listen");
  const errors = vi.fn();
  const primary = new Primary({ ...options, count: 2, logger: { info: () => undefined, error: errors } });
  await primary.start();
  // No process can begin in a folder that is not there.
  cluster.setupPrimary({ cwd: join(tmpdir(), "triptych-no-such-folder") });
  living()[0]?.process.kill("SIGKILL");
  await expect.poll(() => errors.mock.calls.map(([, text]) => text), timeout).toContain("a process cannot be started");
  cluster.setupPrimary({ cwd: process.cwd() });
  await expect.poll(() => living().length, timeout).toBe(2);
  await primary.stop();
});

it("says what keeps a process from being made, and leaves none", async () => {
  cluster.setupPrimary({ cwd: join(tmpdir(), "triptych-no-such-folder") });
  await expect(new Primary({ count: 2, ...options }).start()).rejects.toThrow("ENOENT");
});

it("leaves out the metrics of a process that has none to give, and lets it run", async () => {
  plan("listen", "listen without metrics");
  const primary = new Primary({ count: 2, ...options });
  await primary.start();
  const all = await gatherMetrics(
    forked.map((worker, index) => listeningAt(index + 1, worker)),
    "prometheus",
  );
  expect(all).toEqual([{ place: 1, text: `metrics of ${forked[0]?.process.pid}\n` }]);
  await primary.stop();
  expect(forked.map(({ process }) => process.exitCode)).toEqual([0, 0]);
});

it("leaves nothing behind at a process that was asked for its metrics", async () => {
  plan("listen");
  const primary = new Primary({ count: 1, ...options });
  await primary.start();
  const processes = forked.map((worker) => listeningAt(1, worker));
  const counts = () => forked.map((worker) => [worker.listenerCount("message"), worker.listenerCount("exit")]);
  const reactions = processes.map(({ exited }) => vi.spyOn(exited, "then"));
  const before = counts();
  for (const _ of [1, 2, 3]) expect(await gatherMetrics(processes, "prometheus")).toHaveLength(1);
  expect(counts()).toEqual(before);
  expect(reactions.flatMap(({ mock }) => mock.calls)).toEqual([]);
  await primary.stop();
});
