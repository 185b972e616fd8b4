import { type PeerCertificate, TLSSocket } from "node:tls";
import type { Call } from "@triptych/rpc/call/call.ts";
import type { Session } from "./session.ts";

/** What a name in a certificate may be: what can be kept and shown. */
const NAME = /^[^\p{C}]{1,255}$/u;

/**
 * Creates what finds the session of the certificate that a client has shown with its connection: of one that the authority of clients has signed and that is
 * valid now, by the common name of its subject. Undefined where there is none. Each connection is looked at once.
 */
export function createCertificateSessions(
  admins: readonly string[],
): (call: Pick<Call, "peer">) => Session | undefined {
  const known = new WeakMap<TLSSocket, Session | undefined>();
  return ({ peer: { socket } }) => {
    if (!(socket instanceof TLSSocket)) return undefined;
    if (!known.has(socket)) known.set(socket, sessionOf(socket, admins));
    return known.get(socket);
  };
}

function sessionOf(socket: TLSSocket, admins: readonly string[]): Session | undefined {
  // A connection that is closed already has none, which the type leaves out.
  const certificate = socket.getPeerCertificate() as PeerCertificate | null;
  return socket.authorized && certificate !== null ? sessionOfCertificate(certificate, admins) : undefined;
}

/** The session of a certificate that was found to be good; undefined where it does not name one client. */
export function sessionOfCertificate(
  { subject, valid_to }: Partial<PeerCertificate>,
  admins: readonly string[],
): Session | undefined {
  const name = subject?.CN;
  // A certificate with several common names says of none which is meant.
  if (typeof name !== "string" || !NAME.test(name)) return undefined;
  const expiresAt = new Date(valid_to ?? "").getTime();
  return {
    principal: { id: `certificate:${name}`, isAdmin: admins.includes(name) },
    by: "certificate",
    // A time that cannot be read is over.
    expiresAt: Number.isNaN(expiresAt) ? Number.NEGATIVE_INFINITY : expiresAt,
    freshUntil: Number.POSITIVE_INFINITY,
    isRevoked: () => false,
  };
}
