// @vitest-environment node
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { FollowOptions } from "../src/follow/follow.ts";
import type { WebSocketTransportOptions } from "../src/transport/web-socket-transport.ts";

const textOf = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
const readme = textOf("../README.md");
const entries: Readonly<Record<string, string>> = {
  "@triptych/rpc-web": textOf("../src/index.ts"),
  "@triptych/rpc-web/react": textOf("../src/react.ts"),
};

/** Every option there is, and no other, as the compiler sees to. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  Call: Object.keys({
    baseUrl: true,
    environment: true,
    idleMs: true,
    interceptors: true,
    maxMessageBytes: true,
    openSocket: true,
    recorder: true,
  } satisfies Record<keyof WebSocketTransportOptions, true>),
  Follow: Object.keys({
    environment: true,
    logId: true,
    logIdOf: true,
    onRestart: true,
    onState: true,
    refreshCredential: true,
    resumeFrom: true,
    sequenceOf: true,
    signal: true,
    silenceMs: true,
  } satisfies Record<keyof FollowOptions<unknown>, true>),
};

describe("the README", () => {
  it.each(Object.entries(optionsOf))("has a row for each option in its section %s", (title, options) => {
    const section = readme.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? "";
    const rows = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(options);
  });

  it("imports what the package exports", () => {
    const names = [...readme.matchAll(/import (?:type )?\{([^}]*)\} from "(@triptych\/rpc-web[\w/]*)"/g)].flatMap(
      ([, list = "", entry = ""]) => (list.match(/(?!type\b)\b\w+/g) ?? []).map((name) => ({ name, entry })),
    );
    expect(names.length).toBeGreaterThan(0);
    const isExported = ({ name, entry }: (typeof names)[number]) =>
      new RegExp(`\\b${name}\\b`).test(entries[entry] ?? "");
    expect(names.filter((name) => !isExported(name))).toEqual([]);
  });
});
