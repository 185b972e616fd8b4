import { generate } from "selfsigned";

/** A certificate for this machine, made anew, and its key. */
export async function certificate(): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
  });
  return { key, cert };
}
