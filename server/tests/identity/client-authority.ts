import { generate } from "selfsigned";

/** A certificate and its key, in PEM. */
export interface Credentials {
  readonly cert: string;
  readonly key: string;
}

/** An authority that signs the certificates of clients. */
export interface ClientAuthority {
  readonly cert: string;
  /** A certificate of a client, valid for so many milliseconds. */
  sign(client: string, validMs?: number): Promise<Credentials>;
}

const DAY_MS = 86_400_000;

/** Makes an authority of a name. */
export async function createClientAuthority(name: string): Promise<ClientAuthority> {
  const ca = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "basicConstraints", cA: true, critical: true }],
  });
  return {
    cert: ca.cert,
    async sign(client, validMs = DAY_MS) {
      const made = await generate([{ name: "commonName", value: client }], {
        keyType: "ec",
        algorithm: "sha256",
        notAfterDate: new Date(Date.now() + validMs),
        extensions: [{ name: "basicConstraints", cA: false }],
        ca: { key: ca.private, cert: ca.cert },
      });
      return { cert: made.cert, key: made.private };
    },
  };
}
