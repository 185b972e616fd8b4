import { resolve } from "node:path";
import { expect, it } from "vitest";
import { explainStart } from "./explain-start.ts";

/** What the system says of a file that it does not open. */
const denied = (path: string) => Object.assign(new Error("EACCES: permission denied"), { code: "EACCES", path });

it.each([
  ["data", "data"],
  ["data", "data/triptych.sqlite"],
  ["data", resolve("data/triptych.sqlite")],
  ["./data/", "data/server.lock"],
  [resolve("data"), "data/server.lock"],
  ["/", "/triptych.sqlite"],
])("blames DATA_DIR, %s, for %s", (dataDir, path) => {
  expect(explainStart(denied(path), dataDir)).toContain(`the folder ${dataDir} cannot be opened`);
});

it.each([
  ["data", "/etc/data/key.pem"],
  ["data", "database/key.pem"],
  ["/srv/data", "/srv/data-keys/key.pem"],
  [".", "../key.pem"],
  [undefined, "key.pem"],
])("does not blame DATA_DIR, %s, for %s", (dataDir, path) => {
  expect(explainStart(denied(path), dataDir)).toBe(
    `could not start: ${path} cannot be opened (EACCES: permission denied)`,
  );
});
