import { expect, it } from "vitest";
import type { IndexedValue } from "../../../storage/indexed-value.ts";
import { createCallsStore } from "./calls-store.ts";
import { type KeptCall, without } from "./kept-calls.ts";

const kept = (id: string): KeptCall => ({
  id,
  call: { method: "a.B/C", request: {}, metadata: [], deadline: "" },
  at: 1,
  code: "OK",
});

/** A storage that two tabs share. */
function sharedStorage(): () => IndexedValue {
  let held: unknown = [kept("1")];
  const tabs = new Set<() => void>();
  return () => {
    const own = new Set<() => void>();
    return {
      read: async () => held,
      async update(change) {
        held = change(held);
        for (const listener of tabs) if (!own.has(listener)) listener();
      },
      onOther(listener) {
        own.add(listener);
        tabs.add(listener);
        return () => tabs.delete(listener);
      },
    };
  };
}

const changed = (store: ReturnType<typeof createCallsStore>) =>
  new Promise<void>((resolve) => {
    const stop = store.subscribe(() => {
      stop();
      resolve();
    });
  });

it("reads what is kept once a listener has come, and hears of other tabs", async () => {
  const open = sharedStorage();
  const [one, other] = [createCallsStore(open()), createCallsStore(open())];
  await changed(one);
  expect(one.value()).toEqual([kept("1")]);
  one.subscribe(() => {});
  const heard = new Promise<void>((resolve) => one.subscribe(() => one.value().length === 2 && resolve()));
  await other.change((calls) => [...calls, kept("2")]);
  await heard;
  expect(one.value()).toEqual([kept("1"), kept("2")]);
});

it("works for the visit where the browser keeps nothing", async () => {
  const refuse = () => Promise.reject(new Error("blocked"));
  const store = createCallsStore({ read: refuse, update: refuse, onOther: () => () => undefined });
  store.subscribe(() => {});
  await store.change(() => [kept("1"), kept("2")]);
  await store.change((calls) => without(calls, "1"));
  expect(store.value()).toEqual([kept("2")]);
});
