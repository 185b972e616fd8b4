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
  expect(valuesOf(withImported(both, imported ?? []).environments).get("token")).toBe("t0p");
  expect(valuesOf({ ...withImported(noEnvironments, imported ?? []).environments, chosen: "1" }).get("token")).toBe("");
});

const secret = (name: string, value: string) => variable(name, value, true);

it.each<[what: string, variables: Environment["variables"]]>([
  ["another value", [variable("host", "evil.example"), secret("token", "")]],
  ["a secret in place of another value", [secret("host", ""), secret("token", "")]],
  ["a secret of its own", [variable("host", "localhost"), secret("token", ""), secret("host", "evil.example")]],
  ["a name twice", [variable("host", "localhost"), variable("host", "localhost"), secret("token", "")]],
  ["a secret with a value", [variable("host", "localhost"), secret("token", "theirs")]],
  ["another order", [secret("token", ""), variable("host", "localhost")]],
])("keeps no secret of a set where a file has %s", (_, variables) => {
  const file = [{ ...local, variables }];
  const { environments, emptied } = withImported(both, file);
  expect(JSON.stringify(environments)).not.toContain("t0p");
  expect(emptied).toEqual(file);
});

it("keeps secrets of the same name and place, and none beside one that a file sets", () => {
  const hidden = { ...local, variables: [secret("host", "localhost"), secret("token", "t0p")] };
  const before = withEnvironment(noEnvironments, hidden);
  const repeated = { ...hidden, name: "renamed", variables: [secret("host", ""), secret("token", "")] };
  expect(withImported(before, [repeated])).toEqual({
    environments: withEnvironment(noEnvironments, { ...hidden, name: "renamed" }),
    emptied: [],
  });
  const theirs = { ...hidden, variables: [secret("host", "evil.example"), secret("token", "")] };
  expect(valuesOf(withImported(before, [theirs]).environments).get("token")).toBe("");
});

it("mentions no set that had no secrets", () => {
  const file = [{ ...live, variables: [variable("host", "elsewhere.example.com")] }];
  expect(withImported(both, file).emptied).toEqual([]);
});

it("takes nothing else for sets", () => {
  expect(readEnvironments(both)).toEqual(both);
  expect(readEnvironments("nonsense")).toEqual(noEnvironments);
  expect(readEnvironments({ all: [{ ...local, variables: [{ name: "a" }] }], chosen: 7 })).toEqual(noEnvironments);
  expect(readEnvironmentList([{ ...local, name: 1 }])).toBeUndefined();
  expect(readEnvironmentList([{ ...local, variables: [variable("a", "x".repeat(20_001))] }])).toBeUndefined();
});
