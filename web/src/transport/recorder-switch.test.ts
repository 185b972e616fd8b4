import { createMethodRegistry, createRecorderStore } from "@triptych/rpc-web";
import { createFakeEnvironment } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it, vi } from "vitest";
import { createRecorderSwitch } from "./recorder-switch.ts";

function createStorage(initial?: string) {
  let value = initial ?? null;
  return {
    getItem: () => value,
    setItem(_key: string, next: string) {
      value = next;
    },
  };
}

const createStore = () =>
  createRecorderStore({ environment: createFakeEnvironment(), methods: createMethodRegistry([]) });

it("loads nothing and records nothing while it is closed", () => {
  const load = vi.fn(async () => createStore());
  const devtools = createRecorderSwitch(createStorage(), load);
  expect(devtools.isOpen()).toBe(false);
  expect(devtools.recorder()).toBeUndefined();
  expect(load).not.toHaveBeenCalled();
});

it("records with one store, however often it is opened", async () => {
  const store = createStore();
  const load = vi.fn(async () => store);
  const devtools = createRecorderSwitch(createStorage(), load);
  devtools.setOpen(true);
  expect(await devtools.recorder()).toBe(store);
  expect(devtools.recorder()).toBe(store);
  devtools.setOpen(false);
  expect(devtools.recorder()).toBeUndefined();
  devtools.setOpen(true);
  expect(await devtools.recorder()).toBe(store);
  expect(load).toHaveBeenCalledTimes(1);
});

it("is open from the start where it was left open, and calls wait for the store", async () => {
  const storage = createStorage();
  createRecorderSwitch(storage, async () => createStore()).setOpen(true);
  const devtools = createRecorderSwitch(storage, async () => createStore());
  expect(devtools.isOpen()).toBe(true);
  expect(await devtools.recorder()).toBe(await devtools.store());
});

it("records nothing when the store cannot be loaded, and loads it again when opened again", async () => {
  const store = createStore();
  const load = vi.fn(async () => store).mockRejectedValueOnce(new Error("gone"));
  const devtools = createRecorderSwitch(createStorage(), load);
  devtools.setOpen(true);
  expect(await devtools.recorder()).toBeUndefined();
  expect(devtools.recorder()).toBeUndefined();
  devtools.setOpen(false);
  devtools.setOpen(true);
  expect(await devtools.recorder()).toBe(store);
});

it("leaves the open calls when it is closed", async () => {
  const store = createStore();
  const devtools = createRecorderSwitch(createStorage(), async () => store);
  devtools.setOpen(true);
  const recorder = await devtools.recorder();
  recorder?.callStarted({ via: "fetch", httpMethod: "POST", url: "/a.B/C", headers: [] });
  devtools.setOpen(false);
  await devtools.store();
  store.setPaused(false);
  expect(store.getState().calls[0]?.state).toBe("left");
});

it("tells its listeners, also where nothing is kept", () => {
  const devtools = createRecorderSwitch({ getItem: () => null, setItem() {} }, async () => createStore());
  const listener = vi.fn();
  const stop = devtools.subscribe(listener);
  devtools.setOpen(true);
  devtools.setOpen(true);
  stop();
  devtools.setOpen(false);
  expect(listener).toHaveBeenCalledTimes(1);
});
