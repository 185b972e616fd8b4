import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { renderApp } from "../test/render-app.tsx";
import { ColorSchemeButton } from "./color-scheme-button.tsx";

beforeEach(() => localStorage.clear());

it("goes through the colour schemes and keeps the choice where the page looks before it paints", async () => {
  renderApp(<ColorSchemeButton />);
  const button = screen.getByRole("button");
  expect(button.getAttribute("aria-label")).toContain("Colour scheme: as the system");
  await userEvent.click(button);
  expect(button.getAttribute("aria-label")).toContain("Colour scheme: light");
  await userEvent.click(button);
  expect(button.getAttribute("aria-label")).toContain("Colour scheme: dark");
  expect(document.documentElement.getAttribute("data-mantine-color-scheme")).toBe("dark");
  expect(localStorage.getItem("mantine-color-scheme-value")).toBe("dark");
  await userEvent.click(button);
  expect(button.getAttribute("aria-label")).toContain("Colour scheme: as the system");
});
