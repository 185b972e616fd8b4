import fc from "fast-check";
import { expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

it.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:192.0.2.1", "192.0.2.1"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8:0:1::", "2001:db8:0:1::/64"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1", "fe80::1"],
  ["fe80::2%eth0", "fe80::2%eth0"],
  [undefined, ""],
])("takes %s for %s", (remoteAddress, address) => {
  expect(clientAddress(remoteAddress)).toBe(address);
});

it("takes addresses of IPv6 for one client when their first 64 bits are the same", () => {
  const half = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 });
  const global = half.filter(([first = 0]) => first < 0xfe80);
  const addressOf = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(":");
  fc.assert(
    fc.property(global, global, half, half, (network, other, one, two) => {
      const client = clientAddress(addressOf([...network, ...one]));
      expect(clientAddress(addressOf([...network, ...two]))).toBe(client);
      expect(clientAddress(addressOf([...other, ...one])) === client).toBe(addressOf(other) === addressOf(network));
    }),
  );
});
