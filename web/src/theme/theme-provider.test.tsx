import { Button, useMantineTheme } from "@mantine/core";
import { act, screen } from "@testing-library/react";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { renderApp } from "../test/render-app.tsx";
import { theme } from "./theme.ts";

/** What happy-dom adds to the window of a test. */
interface HappyWindow {
  readonly happyDOM: { readonly settings: { readonly device: { prefersColorScheme: string } } };
}

beforeEach(() => {
  localStorage.clear();
  document.documentElement.removeAttribute("data-mantine-color-scheme");
});

const colorScheme = () => document.documentElement.getAttribute("data-mantine-color-scheme");

it("shows the colour scheme of the system until another is chosen", () => {
  const { device } = (window as unknown as HappyWindow).happyDOM.settings;
  device.prefersColorScheme = "dark";
  onTestFinished(() => {
    device.prefersColorScheme = "light";
  });
  renderApp(null);
  expect(colorScheme()).toBe("dark");
});

it("shows the colour scheme that was chosen before", () => {
  localStorage.setItem("mantine-color-scheme-value", "dark");
  renderApp(null);
  expect(colorScheme()).toBe("dark");
});

it("takes the colour scheme that is chosen in another tab", () => {
  renderApp(null);
  const chosen = new StorageEvent("storage", { key: "mantine-color-scheme-value", newValue: "dark" });
  act(() => void window.dispatchEvent(chosen));
  expect(colorScheme()).toBe("dark");
});

it("gives components our theme, over Mantine's own", () => {
  function Fonts() {
    const { fontFamily, fontSizes } = useMantineTheme();
    return `${fontFamily} ${fontSizes.md}`;
  }
  renderApp(<Fonts />);
  expect(document.body.textContent).toBe(`${theme.fontFamily} calc(1rem * var(--mantine-scale))`);
});

it("names the parts of components by classes that our style sheets know", () => {
  renderApp(<Button>Go</Button>);
  expect(screen.getByRole("button").classList).toContain("mantine-Button-root");
});

it("adds no style sheet to the document", () => {
  renderApp(<Button>Go</Button>);
  expect(document.querySelectorAll("style")).toHaveLength(0);
});
