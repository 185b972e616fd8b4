// @vitest-environment node
import { expect, it } from "vitest";
import { projectLinks } from "./project-links.ts";

it("takes the addresses that a browser can open", () => {
  const homepage = "https://docs.example.com/triptych";
  const source = "https://code.example.com/triptych";
  expect(projectLinks({ homepage, repository: source })).toEqual({ docs: homepage, source });
  expect(projectLinks({ repository: { type: "git", url: `git+${source}.git` } })).toEqual({ docs: undefined, source });
  expect(projectLinks({ repository: "git@code.example.com:triptych.git" }).source).toBeUndefined();
  expect(projectLinks({ homepage: "javascript:alert(1)" }).docs).toBeUndefined();
});
