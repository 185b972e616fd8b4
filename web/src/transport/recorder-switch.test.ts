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

it("records from the first call, which waits for the store, while the panel is closed", async () => {
  const store = createStore();
  const devtools = createRecorderSwitch(createStorage(), async () => store);
  expect(devtools.isOpen()).toBe(false);
  expect(await devtools.recorder()).toBe(store);
});

it("records with one store, whether the panel is open or not", async () => {
  const load = vi.fn(async () => createStore());
  const devtools = createRecorderSwitch(createStorage(), load);
  const store = await devtools.store();
  for (const open of [true, false, true]) {
    devtools.setOpen(open);
    expect(devtools.recorder()).toBe(store);
    expect(await devtools.store()).toBe(store);
  }
  expect(load).toHaveBeenCalledTimes(1);
});

it("is open from the start where it was left open", () => {
  const storage = createStorage();
  createRecorderSwitch(storage, async () => createStore()).setOpen(true);
  expect(createRecorderSwitch(storage, async () => createStore()).isOpen()).toBe(true);
});

it("records nothing when the store cannot be loaded, and loads it no second time for who asks for it", async () => {
  const load = vi.fn(async () => createStore()).mockRejectedValueOnce(new Error("gone"));
  const devtools = createRecorderSwitch(createStorage("open"), load);
  expect(await devtools.recorder()).toBeUndefined();
  expect(devtools.recorder()).toBeUndefined();
  await expect(devtools.store()).rejects.toThrow("gone");
  expect(devtools.store()).toBe(devtools.store());
  expect(load).toHaveBeenCalledTimes(1);
});

it("loads the store again when the panel is closed and opened after it could not be loaded", async () => {
  const store = createStore();
  const load = vi.fn(async () => store).mockRejectedValueOnce(new Error("gone"));
  const devtools = createRecorderSwitch(createStorage("open"), load);
  await devtools.recorder();
  devtools.setOpen(false);
  devtools.setOpen(true);
  expect(await devtools.store()).toBe(store);
  expect(await devtools.recorder()).toBe(store);
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
