import type { PeerCertificate } from "node:tls";
import { expect, it } from "vitest";
import { sessionOfCertificate } from "./client-certificate.ts";

/** The subject of a certificate; several names of a kind are a list, which the type leaves out. */
const subject = (CN: unknown) => ({ CN }) as PeerCertificate["subject"];

it("holds as long as the certificate", () => {
  const session = sessionOfCertificate({ subject: subject("robot"), valid_to: "Nov 30 12:00:00 2026 GMT" }, ["robot"]);
  expect(session).toMatchObject({
    principal: { id: "certificate:robot", isAdmin: true },
    expiresAt: Date.UTC(2026, 10, 30, 12),
  });
});

it.each([undefined, "", "never"])("is over where the end of the certificate cannot be read: %s", (valid_to) => {
  const session = sessionOfCertificate({ subject: subject("robot"), ...(valid_to && { valid_to }) }, []);
  expect(session?.expiresAt).toBe(Number.NEGATIVE_INFINITY);
});

it.each([undefined, "", ["root", "robot"], "ro\u202eot", "x".repeat(256)])("names nobody: %j", (name) => {
  expect(sessionOfCertificate({ subject: subject(name), valid_to: "Nov 30 12:00:00 2026 GMT" }, [])).toBeUndefined();
});
