import { expect, it } from "vitest";
import { describeStart } from "./describe-start.ts";

const everywhere = { url: "http://localhost:8080", bound: "[::]:8080", isEverywhere: true };
const here = { url: "http://127.0.0.1:8080", bound: "127.0.0.1:8080", isEverywhere: false };

it("says that all addresses are listened on, and how to keep to one", () => {
  const lines = describeStart(everywhere, {
    tls: undefined,
    host: undefined,
    allowedHosts: [],
    identity: undefined,
  }).split("\n");
  expect(lines[0]).toBe("listening on http://localhost:8080");
  expect(lines[1]).toMatch(/^bound to \[::\]:8080: every address of this machine.*HOST=127\.0\.0\.1/);
  expect(lines[2]).toBe("browsers may reach it by localhost, its addresses; ALLOWED_HOSTS adds names");
});

it("says which address is listened on", () => {
  expect(describeStart(here, { tls: undefined, host: undefined, allowedHosts: [], identity: undefined })).toContain(
    "\nbound to 127.0.0.1:8080\n",
  );
});

it("says by which names browsers may reach it, where that is checked", () => {
  expect(
    describeStart(here, { tls: undefined, host: undefined, allowedHosts: ["app.example.com"], identity: undefined }),
  ).toContain("localhost, app.example.com,");
  expect(describeStart(here, { tls: undefined, host: undefined, allowedHosts: ["*"], identity: undefined })).toContain(
    "any name",
  );
  expect(
    describeStart(here, { tls: { kind: "self-signed" }, host: undefined, allowedHosts: [], identity: undefined }),
  ).not.toContain("browsers");
});

it.each([
  ["books.example", [], "by localhost, books.example, its addresses"],
  ["books.example", ["app.example.com"], "by localhost, books.example, app.example.com, its addresses"],
  ["localhost", ["localhost"], "by localhost, its addresses"],
  ["127.0.0.1", [], "by localhost, its addresses"],
  ["::", [], "by localhost, its addresses"],
])("names the host %s, where it is a name, beside %j", (host, allowedHosts, names) => {
  expect(describeStart(here, { tls: undefined, host, allowedHosts, identity: undefined })).toContain(names);
});

it("says whether callers are asked who they are", () => {
  const settings = { tls: undefined, host: undefined, allowedHosts: [] };
  expect(describeStart(here, { ...settings, identity: undefined })).toContain(
    "\nanybody who reaches it may do anything;",
  );
  const oidc = { issuer: "https://id.example.com", audience: "books", admins: [] };
  const identity = { oidc, apiKeysFile: "keys.json", certificates: { admins: [] }, reflection: "anyone" } as const;
  expect(describeStart(here, { ...settings, identity })).toContain(
    "\ncallers say who they are by tokens of https://id.example.com or the API keys in keys.json or certificates\n",
  );
});
