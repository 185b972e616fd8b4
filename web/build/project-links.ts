import { readFileSync } from "node:fs";
import type { ProjectLinks } from "../src/features/overview/project-links.tsx";

/** The addresses that the `package.json` of the whole project names. */
export function readProjectLinks(): ProjectLinks {
  return projectLinks(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")));
}

/** The addresses that a `package.json` names by `homepage` and `repository`, as far as a browser can open them. */
export function projectLinks({ homepage, repository }: Readonly<Record<string, unknown>>): ProjectLinks {
  const url = typeof repository === "object" && repository !== null ? Reflect.get(repository, "url") : repository;
  return { docs: webAddress(homepage), source: webAddress(url) };
}

function webAddress(given: unknown): string | undefined {
  if (typeof given !== "string") return undefined;
  const text = given.replace(/^git\+/, "").replace(/\.git$/, "");
  return /^https?:\/\/./.test(text) && URL.canParse(text) ? text : undefined;
}
