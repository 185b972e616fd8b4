import { readFile } from "node:fs/promises";
import type { Certificate } from "@triptych/rpc/port/listener.ts";
import { generate } from "selfsigned";

/** Where a certificate comes from: files, or made now for localhost, for development only. */
export type CertificateSource =
  | { readonly kind: "self-signed" }
  | { readonly kind: "files"; readonly cert: string; readonly key: string };

/** Where a certificate comes from, and the file of the authorities that sign those of clients. */
export type TlsSource = CertificateSource & { readonly clientCa?: string | undefined };

const SELF_SIGNED_DAYS = 30;

/** Reads or makes a certificate; rejects when a file cannot be read. */
export async function loadCertificate(source: TlsSource): Promise<Certificate> {
  const clientCa = source.clientCa === undefined ? undefined : await readFile(source.clientCa, "utf8");
  return { ...(await loadOwn(source)), clientCa };
}

async function loadOwn(source: CertificateSource): Promise<Certificate> {
  if (source.kind === "files") {
    const [cert, key] = await Promise.all([readFile(source.cert, "utf8"), readFile(source.key, "utf8")]);
    return { cert, key };
  }
  const notBeforeDate = new Date();
  const notAfterDate = new Date(notBeforeDate.getTime() + SELF_SIGNED_DAYS * 86_400_000);
  const made = await generate([{ name: "commonName", value: "localhost" }], {
    algorithm: "sha256",
    keyType: "ec",
    notBeforeDate,
    notAfterDate,
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
        ],
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}
