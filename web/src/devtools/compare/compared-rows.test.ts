import { createMethodRegistry, createRecorderStore } from "@triptych/rpc-web";
import { createFakeEnvironment } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it } from "vitest";
import { comparedFacts, comparedHeaders } from "./compared-rows.ts";

it("has headers by name, in any case and any number, and marks those that differ", () => {
  const first = [
    ["X-Same", "1"],
    ["x-twice", "a"],
    ["x-twice", "b"],
    ["x-first", "1"],
  ] as const;
  const second = [
    ["x-second", "2"],
    ["x-same", "1"],
    ["x-twice", "a"],
  ] as const;
  expect(comparedHeaders(first, second)).toEqual([
    { name: "x-same", first: "1", second: "1", differs: false },
    { name: "x-twice", first: "a\nb", second: "a", differs: true },
    { name: "x-first", first: "1", second: undefined, differs: true },
    { name: "x-second", first: undefined, second: "2", differs: true },
  ]);
});

it("has how two calls went, without what neither has", async () => {
  const environment = createFakeEnvironment();
  const store = createRecorderStore({ environment, methods: createMethodRegistry([]) });
  const call = async (ms: number) => {
    const headers = [["content-type", "application/json"]] as const;
    const started = store.callStarted({ via: "fetch", httpMethod: "POST", url: "/p.S/M", headers });
    started?.responseStarted(200, headers);
    await environment.advance(ms);
    started?.ended({ kind: "complete" });
  };
  await call(5);
  await call(20);
  const [first, second] = store.getState().calls;
  if (first === undefined || second === undefined) throw new Error("the calls are not recorded");
  const rows = comparedFacts(first, second);
  expect(rows.find(({ name }) => name === "end")).toEqual({
    name: "end",
    first: "+5.0 ms",
    second: "+20 ms",
    differs: true,
  });
  expect(rows.find(({ name }) => name === "status")).toMatchObject({ first: "0 OK", differs: false });
  expect(rows.map(({ name }) => name)).not.toContain("queued");
});
