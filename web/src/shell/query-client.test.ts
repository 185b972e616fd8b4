import { Code, ConnectError } from "@connectrpc/connect";
import { notifyManager, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createQueryClient } from "./query-client.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function observe(code: Code) {
  let reachable = false;
  const queryFn = vi.fn(async () => {
    if (!reachable) throw new ConnectError("no", code);
    return "answer";
  });
  const client = createQueryClient();
  const observer = new QueryObserver(client, { queryKey: ["query"], queryFn });
  const statuses: string[] = [];
  const look = () => {
    const { status } = observer.getCurrentResult();
    if (status !== statuses.at(-1)) statuses.push(status);
  };
  // As components do: they look once everything that happens together has happened.
  const stop = observer.subscribe(notifyManager.batchCalls(look));
  return { client, queryFn, observer, statuses, stop, comeBack: () => (reachable = true) };
}

it("a query heals by itself when the server is back", async () => {
  const { observer, stop, comeBack } = observe(Code.Unavailable);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(observer.getCurrentResult().status).toBe("error");
  comeBack();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(observer.getCurrentResult().data).toBe("answer");
  stop();
});

it("a query whose request is wrong is made once only", async () => {
  const { queryFn, observer, stop } = observe(Code.InvalidArgument);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(observer.getCurrentResult().status).toBe("error");
  expect(queryFn).toHaveBeenCalledOnce();
  stop();
});

it("keeps showing the error while it tries again, until there is an answer", async () => {
  const { queryFn, statuses, stop, comeBack } = observe(Code.Unavailable);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(queryFn.mock.calls.length).toBeGreaterThan(10);
  expect(statuses).toEqual(["pending", "error"]);
  comeBack();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(statuses).toEqual(["pending", "error", "success"]);
  stop();
});

it("forgets the error of a query that is reset", async () => {
  const { observer, stop, client } = observe(Code.InvalidArgument);
  await vi.advanceTimersByTimeAsync(0);
  expect(observer.getCurrentResult().status).toBe("error");
  void client.resetQueries();
  expect(observer.getCurrentResult().status).toBe("pending");
  stop();
});
