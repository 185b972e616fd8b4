import { expect, it } from "vitest";
import { createUploads } from "./uploads.ts";

function keptIn(value: unknown[]) {
  return {
    read: async () => value[0],
    update: async (change: (kept: unknown) => unknown) => {
      value[0] = change(value[0]);
    },
    onOther: () => () => undefined,
  };
}

it("keeps the set of each server, and forgets it", async () => {
  const value: unknown[] = [];
  const set = Uint8Array.of(1, 2);
  await createUploads(keptIn(value)).write("grpc://a:1", set);
  expect(await createUploads(keptIn(value)).read("grpc://a:1")).toEqual(set);
  expect(await createUploads(keptIn(value)).read("")).toBeUndefined();
  await createUploads(keptIn(value)).write("grpc://a:1", undefined);
  expect(await createUploads(keptIn(value)).read("grpc://a:1")).toBeUndefined();
});

it("holds it until the page is left where the browser keeps nothing, and reads nothing from what is something else", async () => {
  const refuse = () => Promise.reject(new Error("blocked"));
  const uploads = createUploads({ read: refuse, update: refuse, onOther: () => () => undefined });
  expect(await uploads.read("a")).toBeUndefined();
  await uploads.write("a", Uint8Array.of(1));
  expect(await uploads.read("a")).toEqual(Uint8Array.of(1));
  expect(await createUploads(keptIn([[["a", "b"], 7]])).read("a")).toBeUndefined();
});
