import { expect, test, vi } from "vitest";
import { createMethodRegistry } from "./method-registry.ts";
import { createWireStore } from "./wire-store.ts";
import { createWireSwitch } from "./wire-switch.ts";

function createStorage(initial?: string) {
  let value = initial ?? null;
  return {
    getItem: () => value,
    setItem(_key: string, next: string) {
      value = next;
    },
  };
}

const createStore = () => createWireStore({ now: () => 0, onFrame: () => () => {}, methods: createMethodRegistry([]) });

test("loads nothing and records nothing while it is closed", () => {
  const load = vi.fn(async () => createStore());
  const wire = createWireSwitch(createStorage(), load);
  expect(wire.isOpen()).toBe(false);
  expect(wire.recorder()).toBeUndefined();
  expect(load).not.toHaveBeenCalled();
});

test("records with one store, however often it is opened", async () => {
  const store = createStore();
  const load = vi.fn(async () => store);
  const wire = createWireSwitch(createStorage(), load);
  wire.setOpen(true);
  expect(await wire.recorder()).toBe(store);
  expect(wire.recorder()).toBe(store);
  wire.setOpen(false);
  expect(wire.recorder()).toBeUndefined();
  wire.setOpen(true);
  expect(await wire.recorder()).toBe(store);
  expect(load).toHaveBeenCalledTimes(1);
});

test("is open from the start where it was left open, and calls wait for the store", async () => {
  const storage = createStorage();
  createWireSwitch(storage, async () => createStore()).setOpen(true);
  const wire = createWireSwitch(storage, async () => createStore());
  expect(wire.isOpen()).toBe(true);
  expect(await wire.recorder()).toBe(await wire.store());
});

test("records nothing when the store cannot be loaded, and loads it again when opened again", async () => {
  const store = createStore();
  const load = vi.fn(async () => store).mockRejectedValueOnce(new Error("gone"));
  const wire = createWireSwitch(createStorage(), load);
  wire.setOpen(true);
  expect(await wire.recorder()).toBeUndefined();
  expect(wire.recorder()).toBeUndefined();
  wire.setOpen(false);
  wire.setOpen(true);
  expect(await wire.recorder()).toBe(store);
});

test("leaves the open calls when it is closed", async () => {
  const store = createStore();
  const wire = createWireSwitch(createStorage(), async () => store);
  wire.setOpen(true);
  const recorder = await wire.recorder();
  recorder?.callStarted({ via: "fetch", httpMethod: "POST", url: "/a.B/C", headers: [] });
  wire.setOpen(false);
  await wire.store();
  store.setPaused(false);
  expect(store.getState().calls[0]?.state).toBe("left");
});

test("tells its listeners, also where nothing is kept", () => {
  const wire = createWireSwitch({ getItem: () => null, setItem() {} }, async () => createStore());
  const listener = vi.fn();
  const stop = wire.subscribe(listener);
  wire.setOpen(true);
  wire.setOpen(true);
  stop();
  wire.setOpen(false);
  expect(listener).toHaveBeenCalledTimes(1);
});
