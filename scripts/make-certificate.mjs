// `node scripts/make-certificate.mjs FOLDER`: makes a certificate for localhost in a folder, self-signed, unless there is one. For
// compose.yaml, in the image, by the Node that is in it.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCertificate } from "../server/src/certificate.ts";

const [folder = "."] = process.argv.slice(2);
const file = join(folder, "certificate.pem");
if (!existsSync(file)) {
  const { cert, key } = await loadCertificate({ kind: "self-signed" });
  writeFileSync(join(folder, "key.pem"), key, { mode: 0o600 });
  writeFileSync(file, cert);
}
