import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
} from "jose";

/** An issuer of tokens on the loopback, whose tokens a test makes as it likes. It keeps no process from ending. */
export interface Issuer {
  readonly url: string;
  /** How often its keys were asked for. */
  readonly keyRequests: number;
  /** A token of a subject for the audience, valid for an hour; claims and fields of its header that are given stand in the place of its own. */
  tokenOf(
    subject: string,
    claims?: Readonly<Record<string, unknown>>,
    header?: Readonly<Partial<JWTHeaderParameters>>,
  ): Promise<string>;
  /** Signs with another key from now on, and publishes that alone. */
  rotateKey(): Promise<void>;
  /** Its key as everybody has it, in PEM. */
  publicKey(): Promise<string>;
  /** The same, as it publishes it. */
  publicJwk(): JWK;
  /** Answers from now on that it is broken. */
  stopAnswering(): void;
  close(): Promise<void>;
}

export const AUDIENCE = "https://triptych.example";

interface Signer {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

/** Starts an issuer. */
export async function startIssuer(): Promise<Issuer> {
  let signer = await makeSigner("1");
  let keyRequests = 0;
  let isBroken = false;
  const server = createServer((request, response) => {
    if (isBroken) response.statusCode = 503;
    response.setHeader("content-type", "application/json");
    if (request.url === "/keys") keyRequests += 1;
    const jwks_uri = `${url}/keys`;
    response.end(JSON.stringify(request.url === "/keys" ? { keys: [signer.jwk] } : { issuer: url, jwks_uri }));
  });
  const url = await listen(server);
  return {
    url,
    get keyRequests() {
      return keyRequests;
    },
    tokenOf: (subject, claims = {}, header = {}) =>
      new SignJWT({ iss: url, aud: AUDIENCE, sub: subject, exp: inSeconds(3_600), ...claims })
        .setProtectedHeader({ alg: "ES256", kid: signer.kid, ...header })
        .sign(signer.privateKey),
    async rotateKey() {
      signer = await makeSigner(`${Number(signer.kid) + 1}`);
    },
    publicKey: () => exportSPKI(signer.publicKey),
    publicJwk: () => signer.jwk,
    stopAnswering() {
      isBroken = true;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** A moment, in seconds since 1970, as claims have it. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1_000) + seconds;
}

async function makeSigner(kid: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" } };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  // A TCP server that listens has an address and port.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
