import { openCuttingProxy } from "@triptych/testkit/postgres/cutting-proxy.ts";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { noPostgres, usePostgres } from "./testing/use-postgres.ts";
import { TrainerLock } from "./trainer-lock.ts";

const postgres = usePostgres();
const HOLDERS = "select count(*)::int as n from pg_locks where locktype = 'advisory' and granted";

describe.skipIf(noPostgres !== undefined)(`the lock of who trains${noPostgres ? `: ${noPostgres}` : ""}`, () => {
  vi.setConfig({ testTimeout: 60_000 });

  const lockOf = (url: string, answerMs?: number) => {
    const onLost = vi.fn();
    const lock = new TrainerLock({ url, onLost, ...(answerMs && { answerMs }) });
    onTestFinished(() => lock.close());
    return { lock, onLost };
  };

  it("is one server's until that gives it up, however often it is asked for", async () => {
    const url = await postgres.newSchema();
    const [one, other] = [lockOf(url), lockOf(url)];
    expect([await one.lock.hold(), await one.lock.hold(), await other.lock.hold()]).toEqual([true, true, false]);
    await one.lock.close();
    await expect.poll(() => other.lock.hold()).toBe(true);
    expect(one.onLost).not.toHaveBeenCalled();
  });

  it("is another server's once the connection that holds it was ended, which is told at once", async () => {
    const url = await postgres.newSchema();
    const { lock, onLost } = lockOf(url);
    await lock.hold();
    await postgres.run(url, "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
    await expect.poll(() => onLost.mock.calls).toHaveLength(1);
    expect(await lock.under(async () => "done")).toBeUndefined();
    expect(await lockOf(url).lock.hold()).toBe(true);
  });

  it("counts as lost where the database is silent, and can be had again", async () => {
    const url = await postgres.newSchema();
    const proxy = await openCuttingProxy(postgres.server.folder);
    onTestFinished(() => proxy.close());
    const { lock, onLost } = lockOf(proxy.through(url), 200);
    await lock.hold();
    proxy.isSilent = true;
    await expect(lock.hold()).rejects.toThrow();
    expect([lock.isHeld, onLost.mock.calls.length]).toEqual([false, 1]);
    proxy.isSilent = false;
    await expect.poll(async () => (await postgres.run(url, HOLDERS))[0]?.n).toBe(0);
    expect(await lock.hold()).toBe(true);
  });
});
