import { generate } from "selfsigned";
import type { Certificate } from "../port/create-listener.ts";

/** Creates a self-signed certificate for this machine, and its key. */
export async function createCertificate(): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
  });
  return { key, cert };
}
