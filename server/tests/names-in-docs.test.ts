import { constants as http2 } from "node:http2";
import { Code } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { documents, files, found, read } from "./documents.ts";

const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;
/** What is written in code, comments left out: a name that only they have is none. */
const source = files
  .filter((file) => /\.(tsx?|mjs|proto|go|py|cc|ya?ml)$|package\.json$/.test(file))
  .filter((file) => !file.endsWith("names-in-docs.test.ts"))
  .map((file) => read(file).replace(COMMENT, ""))
  .join("\n");
const settings = found(read("server/src/config.ts"), /^ {2}([A-Z][A-Z_]+): \{/gm);
const words = new Set(source.match(/[A-Za-z_$][\w$]*/g));

/** What is not ours: status codes, errors of HTTP/2, and what Node and the libraries that people move from call their own. */
const FOREIGN = new Set([
  ...Object.keys(Code).map((name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase()),
  ...Object.keys(http2).map((name) => name.replace("NGHTTP2_", "")),
  "NODE_OPTIONS",
  "SSLKEYLOGFILE",
  "onEnd",
  "onMessage",
  "finishSend",
  "setDefaultTransport",
  "WebsocketTransport",
  "useHotkeys",
  "useVirtualizer",
]);

/** Names of settings and codes, and of what code declares: `SOME_NAME`, `someName`, `SomeName`, each also called. */
const NAME =
  /`([A-Z][A-Z]+(?:_[A-Z]+)+|[a-z]+(?:[A-Z][a-z0-9]*)+|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:\([^`]*\)|=[^`]*)?`/g;

it("the settings of the server are those of .env.example and of the README", () => {
  expect(found(read(".env.example"), /^([A-Z][A-Z_]+)=/gm)).toEqual(settings);
  expect(found(read("README.md"), /`([A-Z][A-Z_]+)`/g)).toEqual(expect.arrayContaining(settings));
});

it.each(documents)("names in %s exist", (document) => {
  expect(found(read(document), NAME).filter((name) => !words.has(name) && !FOREIGN.has(name))).toEqual([]);
});
