import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../../test/render-app.tsx";
import { ProjectLinksList } from "./project-links.tsx";

it("links to what the project has published, and to nothing else", () => {
  const docs = "https://docs.example.com/";
  const view = renderApp(<ProjectLinksList links={{ docs, source: undefined }} />);
  expect(screen.getByRole("link", { name: "Documentation" }).getAttribute("href")).toBe(docs);
  expect(screen.queryByRole("link", { name: "Source" })).toBeNull();
  view.unmount();
  renderApp(<ProjectLinksList links={{ docs: undefined, source: undefined }} />);
  expect(screen.queryByRole("navigation", { name: "About this project" })).toBeNull();
});
