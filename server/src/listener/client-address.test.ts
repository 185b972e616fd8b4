import { expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

it.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:192.0.2.1", "192.0.2.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["::ffff:c000:201", "::ffff:c000:201"],
  ["::1", "::1"],
  [undefined, ""],
])("takes %s for %s", (remoteAddress, address) => {
  expect(clientAddress(remoteAddress)).toBe(address);
});
