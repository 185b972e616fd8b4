import { expect, it } from "vitest";
import { createAllowedHosts } from "./allowed-hosts.ts";

const allows = createAllowedHosts(["app.example.com", ".example.org"]);

it.each([
  "localhost",
  "localhost:8080",
  "LOCALHOST:8080",
  "localhost.",
  "books.localhost:8080",
  "127.0.0.1:8080",
  "192.168.1.20",
  "[::1]:8080",
  "[2001:db8::1]",
  "app.example.com",
  "APP.example.com:443",
  "app.example.com.:443",
  "example.org",
  "a.b.example.org:8080",
])("allows %s", (host) => {
  expect(allows(host)).toBe(true);
  expect(allows(host)).toBe(true);
});

it.each([
  undefined,
  "",
  ":8080",
  "evil.example",
  "example.com",
  "a.app.example.com",
  "app.example.com.evil.example",
  "notexample.org",
  "localhost.evil.example",
  "notlocalhost",
  "127.0.0.1.evil.example:8080",
  "127.0.0.1.nip.io",
  "2130706433",
  "[::1",
])("does not allow %s", (host) => {
  expect(allows(host)).toBe(false);
});

it("allows any host where that is asked for", () => {
  expect(createAllowedHosts(["*"])("evil.example")).toBe(true);
});
