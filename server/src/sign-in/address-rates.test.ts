import { expect, it } from "vitest";
import { AddressRates } from "./address-rates.ts";

it("lets an address spend 1,000 at once and then 40 a second, and leaves the others alone", () => {
  let now = 0;
  const rates = new AddressRates(() => now);
  const spend = (address: string) => Array.from({ length: 150 }, () => rates.take(address, 10)).filter(Boolean).length;
  expect(spend("192.0.2.1")).toBe(100);
  expect(spend("192.0.2.2")).toBe(100);
  now = 1_000;
  expect(spend("192.0.2.1")).toBe(4);
});
