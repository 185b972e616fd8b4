import { expect, it } from "vitest";
import { metricsRejection } from "./check-metrics-caller.ts";

const token = { kind: "token", token: "s3cret" } as const;
const caller = { authorization: undefined, remoteAddress: "192.0.2.1", forwardedFor: undefined };

it("shows the metrics to everybody where nothing is set", () => {
  expect(metricsRejection({ kind: "everybody" }, caller)).toBeUndefined();
});

it.each([undefined, "Bearer", "Bearer s3cre", "Bearer s3crets", "Basic s3cret"])(
  "asks for the token: got %s",
  (authorization) => {
    expect(metricsRejection(token, { ...caller, authorization })?.status).toBe(401);
  },
);

it("takes the token", () => {
  expect(metricsRejection(token, { ...caller, authorization: "Bearer s3cret" })).toBeUndefined();
});

it.each([
  ["127.0.0.1", undefined],
  ["127.8.0.1", undefined],
  ["::1", undefined],
  ["::ffff:127.0.0.1", undefined],
  ["192.0.2.1", 403],
  ["2001:db8::1", 403],
  [undefined, 403],
])("takes this machine only: %s", (remoteAddress, status) => {
  expect(metricsRejection({ kind: "loopback" }, { ...caller, remoteAddress })?.status).toBe(status);
});

it.each([
  ["127.0.0.1", undefined],
  [["::1", "127.0.0.1"], undefined],
  ["203.0.113.9", 403],
  ["127.0.0.1, 203.0.113.9", 403],
  ["203.0.113.9, 127.0.0.1", 403],
  [["127.0.0.1", "203.0.113.9"], 403],
  ["unknown", 403],
  ["", 403],
])("takes nobody else for whom a proxy on this machine asks: %j", (forwardedFor, status) => {
  const asked = { ...caller, remoteAddress: "127.0.0.1", forwardedFor };
  expect(metricsRejection({ kind: "loopback" }, asked)?.status).toBe(status);
});
