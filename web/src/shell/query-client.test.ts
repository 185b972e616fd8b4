import { Code, ConnectError } from "@connectrpc/connect";
import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createQueryClient } from "./query-client.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function observe(code: Code) {
  let reachable = false;
  const queryFn = vi.fn(async () => {
    if (!reachable) throw new ConnectError("no", code);
    return "answer";
  });
  const observer = new QueryObserver(createQueryClient(), { queryKey: ["query"], queryFn });
  const stop = observer.subscribe(() => {});
  return { queryFn, observer, stop, comeBack: () => (reachable = true) };
}

test("a query heals by itself when the server is back", async () => {
  const { observer, stop, comeBack } = observe(Code.Unavailable);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(observer.getCurrentResult().status).toBe("error");
  comeBack();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(observer.getCurrentResult().data).toBe("answer");
  stop();
});

test("a query whose request is wrong is made once only", async () => {
  const { queryFn, observer, stop } = observe(Code.InvalidArgument);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(observer.getCurrentResult().status).toBe("error");
  expect(queryFn).toHaveBeenCalledOnce();
  stop();
});
