import { expect, it } from "vitest";
import { describeStart } from "./describe-start.ts";

const everywhere = { url: "http://localhost:8080", bound: "[::]:8080", isEverywhere: true };
const here = { url: "http://127.0.0.1:8080", bound: "127.0.0.1:8080", isEverywhere: false };

it("says that all addresses are listened on, and how to keep to one", () => {
  const lines = describeStart(everywhere, { tls: undefined, allowedHosts: [] }).split("\n");
  expect(lines[0]).toBe("listening on http://localhost:8080");
  expect(lines[1]).toMatch(/^bound to \[::\]:8080: every address of this machine.*HOST=127\.0\.0\.1/);
  expect(lines[2]).toBe("browsers may reach it by localhost, its addresses; ALLOWED_HOSTS adds names");
});

it("says which address is listened on", () => {
  expect(describeStart(here, { tls: undefined, allowedHosts: [] })).toContain("\nbound to 127.0.0.1:8080\n");
});

it("says by which names browsers may reach it, where that is checked", () => {
  expect(describeStart(here, { tls: undefined, allowedHosts: ["app.example.com"] })).toContain(
    "localhost, app.example.com,",
  );
  expect(describeStart(here, { tls: undefined, allowedHosts: ["*"] })).toContain("any name");
  expect(describeStart(here, { tls: { kind: "self-signed" }, allowedHosts: [] })).not.toContain("browsers");
});
