import { expect, it } from "vitest";
import { isMultiplexed } from "./is-multiplexed.ts";

/** The timing of a page that came over a protocol, by its ALPN id. */
function pageOver(nextHopProtocol: string) {
  const entry = { nextHopProtocol, name: "", entryType: "navigation", startTime: 0, duration: 0, toJSON: () => ({}) };
  return { getEntriesByType: (type: string) => (type === "navigation" ? [entry] : []) };
}

it.each([
  ["h2", true],
  ["h3", true],
  ["http/1.1", false],
  ["http/1.0", false],
  ["", false],
])("takes a page that came over %j for multiplexed: %s", (protocol, expected) => {
  expect(isMultiplexed(pageOver(protocol))).toBe(expected);
});

it("takes a page of which nothing is known for one over HTTP/1.1", () => {
  expect(isMultiplexed({ getEntriesByType: () => [] })).toBe(false);
});
