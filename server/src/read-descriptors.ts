import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** All contracts with their comments, as bytes, which generating writes beside their code; undefined where only the code was made. */
export async function readDescriptors(): Promise<Uint8Array | undefined> {
  const path = fileURLToPath(import.meta.resolve("@triptych/proto/descriptors.binpb"));
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
