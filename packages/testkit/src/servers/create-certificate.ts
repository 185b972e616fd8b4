import type { Certificate } from "@triptych/rpc/port/listener.ts";
import { generate } from "selfsigned";

/** Creates a self-signed certificate for this machine, and its key. */
export async function createCertificate(): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
  });
  return { key, cert };
}
