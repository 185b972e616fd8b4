import { expect, it } from "vitest";
import {
  type Environment,
  noEnvironments,
  readEnvironmentList,
  readEnvironments,
  valuesOf,
  withEnvironment,
  withImported,
  withoutEnvironment,
  withoutSecretValues,
} from "./environments.ts";

const variable = (name: string, value: string, isSecret = false) => ({ id: name.length, name, value, isSecret });
const local: Environment = {
  id: "1",
  name: "local",
  variables: [variable("host", "localhost"), variable("token", "t0p", true)],
};
const live: Environment = { id: "2", name: "live", variables: [variable("host", "api.example.com")] };
const both = withEnvironment(withEnvironment(noEnvironments, live), local);

it("has the values of the set that is chosen", () => {
  expect(valuesOf(both)).toEqual(
    new Map([
      ["host", "localhost"],
      ["token", "t0p"],
    ]),
  );
  expect(valuesOf({ ...both, chosen: "2" })).toEqual(new Map([["host", "api.example.com"]]));
  expect(valuesOf({ ...both, chosen: undefined })).toEqual(new Map());
  expect(withoutEnvironment(both, "1")).toEqual({ all: [live], chosen: undefined });
});

it("writes no value of a secret into a file, and reads none over one that is there", () => {
  const file = JSON.parse(JSON.stringify(withoutSecretValues(both)));
  expect(JSON.stringify(file)).not.toContain("t0p");
  const imported = readEnvironmentList(file);
  expect(valuesOf(withImported(both, imported ?? [])).get("token")).toBe("t0p");
  expect(valuesOf({ ...withImported(noEnvironments, imported ?? []), chosen: "1" }).get("token")).toBe("");
});

it("keeps no secret of a set whose other values a file changes", () => {
  const read = (host: string, isSecret = false) => {
    const file = [{ ...local, variables: [variable("host", host, isSecret), variable("token", "", true)] }];
    return valuesOf(withImported(both, file)).get("token");
  };
  expect(read("localhost")).toBe("t0p");
  expect(read("elsewhere.example.com")).toBe("");
  expect(read("localhost", true)).toBe("");
});

it("takes nothing else for sets", () => {
  expect(readEnvironments(both)).toEqual(both);
  expect(readEnvironments("nonsense")).toEqual(noEnvironments);
  expect(readEnvironments({ all: [{ ...local, variables: [{ name: "a" }] }], chosen: 7 })).toEqual(noEnvironments);
  expect(readEnvironmentList([{ ...local, name: 1 }])).toBeUndefined();
  expect(readEnvironmentList([{ ...local, variables: [variable("a", "x".repeat(20_001))] }])).toBeUndefined();
});
