import { describe, expect, it } from "vitest";
import { createProxyTrust } from "./proxy-trust.ts";

describe("where nobody is trusted", () => {
  it("the address of a client is that of its connection, whatever it says", () => {
    const { addressOf, isProxy, isClient } = createProxyTrust(undefined);
    expect(addressOf("198.51.100.1", "203.0.113.9")).toBe("198.51.100.1");
    expect(isProxy("127.0.0.1")).toBe(false);
    expect(isClient("127.0.0.1")).toBe(true);
  });
});

describe("where so many proxies in a row are trusted", () => {
  it.each([
    [1, "203.0.113.9", "203.0.113.9"],
    [1, "192.0.2.66, 203.0.113.9", "203.0.113.9"],
    [2, "192.0.2.66, 203.0.113.9, 10.0.0.2", "203.0.113.9"],
    [2, "203.0.113.9", "203.0.113.9"],
    [1, undefined, "10.0.0.1"],
  ])("with %d, of %s it is %s", (hops, forwardedFor, address) => {
    const { addressOf, isProxy, isClient } = createProxyTrust({ hops });
    expect(addressOf("10.0.0.1", forwardedFor)).toBe(address);
    expect(isProxy("10.0.0.1")).toBe(true);
    expect(isClient("10.0.0.1")).toBe(false);
  });
});

describe("where the proxies of networks are trusted", () => {
  const { addressOf, isProxy, isClient } = createProxyTrust({ networks: ["10.0.0.0/8", "fd00::/8", "192.0.2.1"] });

  it.each([
    ["10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["fd00::1", "2001:db8::9, 10.1.1.1", "2001:db8::9"],
    ["192.0.2.1", "[2001:db8::9]:443", "2001:db8::9"],
    ["10.0.0.1", "192.0.2.66, 203.0.113.9, 10.0.0.2", "203.0.113.9"],
    ["203.0.113.9", "192.0.2.66", "203.0.113.9"],
    ["10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"],
    ["10.0.0.1", "nobody, 203.0.113.9", "203.0.113.9"],
    [undefined, "203.0.113.9", undefined],
  ])("of a connection from %s that names %s it is %s", (remoteAddress, forwardedFor, address) => {
    expect(addressOf(remoteAddress, forwardedFor)).toBe(address);
  });

  it("a proxy is known by its address", () => {
    expect(["10.9.9.9", "192.0.2.1", "192.0.2.2", undefined].map(isProxy)).toEqual([true, true, false, false]);
  });

  it("a client is whoever is known to be no proxy", () => {
    expect(["10.9.9.9", "192.0.2.1", "192.0.2.2", undefined].map(isClient)).toEqual([false, false, true, false]);
  });
});
